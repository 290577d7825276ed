# What the program has and computing does without: the command line, the window, ImGui, the OpenGL loader, animations.
find_package(CLI11 QUIET)
if(NOT CLI11_FOUND)
    tp_source(cli11 libcli11-dev https://github.com/CLIUtils/CLI11.git v2.4.2)
endif()
tp_alias(cli11 CLI11::CLI11)

find_package(glfw3 3.3 QUIET)
if(NOT glfw3_FOUND)
    set(GLFW_BUILD_EXAMPLES OFF CACHE BOOL "" FORCE)
    set(GLFW_BUILD_TESTS OFF CACHE BOOL "" FORCE)
    set(GLFW_BUILD_DOCS OFF CACHE BOOL "" FORCE)
    set(GLFW_INSTALL OFF CACHE BOOL "" FORCE)
    tp_source(glfw libglfw3-dev https://github.com/glfw/glfw.git 3.4)
    set(glfw3_VERSION ${GLFW_VERSION})
endif()
tp_alias(glfw glfw)
set(TP_GLFW_VERSION ${glfw3_VERSION} PARENT_SCOPE)

# --- The desktop's bus, for its dialog for files ---------------------------------------------------
if(PKG_CONFIG_FOUND)
    pkg_check_modules(DBUS QUIET IMPORTED_TARGET dbus-1)
endif()
if(NOT DBUS_FOUND)
    tp_missing(libdbus libdbus-1-dev "An installation elsewhere is found through PKG_CONFIG_PATH.")
endif()
tp_alias(dbus PkgConfig::DBUS)

# --- Animations --------------------------------------------------------------------------------------
find_package(GIF 5 QUIET)
if(NOT GIF_FOUND)
    tp_missing(giflib libgif-dev "An installation elsewhere is found through CMAKE_PREFIX_PATH.")
endif()
tp_alias(gif GIF::GIF)

find_library(WEBP_LIBRARY webp)
find_library(WEBPMUX_LIBRARY webpmux)
find_library(WEBPDEMUX_LIBRARY webpdemux)
find_path(WEBP_INCLUDE_DIR webp/mux.h)
if(NOT WEBP_LIBRARY OR NOT WEBPMUX_LIBRARY OR NOT WEBPDEMUX_LIBRARY OR NOT WEBP_INCLUDE_DIR)
    tp_missing(libwebp libwebp-dev "An installation elsewhere is found through CMAKE_PREFIX_PATH.")
endif()
tp_alias(webp ${WEBPMUX_LIBRARY} ${WEBP_LIBRARY})
tp_alias(webpdemux ${WEBPDEMUX_LIBRARY} ${WEBP_LIBRARY})  # the tests read what was written
target_include_directories(tp_webp SYSTEM INTERFACE ${WEBP_INCLUDE_DIR})
target_include_directories(tp_webpdemux SYSTEM INTERFACE ${WEBP_INCLUDE_DIR})

# --- ImGui: a pkg-config file on Debian, plain sources elsewhere ------------------------------------
if(PKG_CONFIG_FOUND)
    pkg_check_modules(IMGUI QUIET IMPORTED_TARGET imgui)
endif()
if(IMGUI_FOUND)
    tp_alias(imgui PkgConfig::IMGUI tp::stb glfw ${CMAKE_DL_LIBS})
    find_path(IMGUI_BACKENDS_DIR imgui_impl_glfw.h HINTS ${IMGUI_INCLUDE_DIRS} PATH_SUFFIXES backends imgui/backends REQUIRED)
    target_include_directories(tp_imgui SYSTEM INTERFACE ${IMGUI_BACKENDS_DIR})
else()
    tp_source(imgui libimgui-dev https://github.com/ocornut/imgui.git v1.91.9)
    file(GLOB imgui_files ${imgui_SOURCE_DIR}/imgui*.cpp)
    add_library(tp_imgui_library STATIC ${imgui_files}
                ${imgui_SOURCE_DIR}/backends/imgui_impl_glfw.cpp ${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp)
    target_include_directories(tp_imgui_library SYSTEM PUBLIC ${imgui_SOURCE_DIR} ${imgui_SOURCE_DIR}/backends)
    target_compile_options(tp_imgui_library PRIVATE -w)
    target_link_libraries(tp_imgui_library PUBLIC glfw ${CMAKE_DL_LIBS})
    tp_alias(imgui tp_imgui_library)
endif()

# --- The OpenGL loader, generated from the specification that glad carries --------------------------
find_program(GLAD_PROGRAM glad)
if(GLAD_PROGRAM)
    set(glad_command ${GLAD_PROGRAM})
else()
    tp_source(glad python3-glad https://github.com/Dav1dde/glad.git v2.0.6)
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    set(glad_command ${CMAKE_COMMAND} -E env PYTHONPATH=${glad_SOURCE_DIR} ${Python3_EXECUTABLE} -m glad)
endif()
set(glad_dir ${CMAKE_CURRENT_BINARY_DIR}/glad)
# Without --reproducible glad asks the network for a newer specification.
add_custom_command(
    OUTPUT ${glad_dir}/src/gl.c ${glad_dir}/include/glad/gl.h
    COMMAND ${glad_command} --quiet --reproducible --api gl:core=3.3 --extensions GL_KHR_debug --out-path ${glad_dir} c
    COMMENT "Generating the OpenGL 3.3 loader")
add_library(tp_glad STATIC ${glad_dir}/src/gl.c)
target_include_directories(tp_glad SYSTEM PUBLIC ${glad_dir}/include)
target_link_libraries(tp_glad PUBLIC ${CMAKE_DL_LIBS})
add_library(tp::glad ALIAS tp_glad)
