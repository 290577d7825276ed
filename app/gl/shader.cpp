#include "app/gl/shader.h"

#include <system_error>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/program_files.h"

namespace elbow::gl {
namespace {

std::string shader_log(GLuint shader) {
    GLint length = 0;
    glGetShaderiv(shader, GL_INFO_LOG_LENGTH, &length);
    std::string log(static_cast<std::size_t>(length > 0 ? length : 1), '\0');
    glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), nullptr, log.data());
    return log;
}

Shader compile(GLenum kind, const std::filesystem::path& file) {
    const auto bytes = read_file(file);
    const auto* source = reinterpret_cast<const GLchar*>(bytes.data());
    const auto length = static_cast<GLint>(bytes.size());
    Shader shader(glCreateShader(kind));
    glShaderSource(shader.get(), 1, &source, &length);
    glCompileShader(shader.get());
    GLint compiled = 0;
    glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &compiled);
    if (compiled == 0) {
        throw Error("The shader " + file.string() +
                    " does not compile with this OpenGL driver (GLSL 3.30 was expected):\n" +
                    shader_log(shader.get()) +
                    "\nUpdate the driver, or set LIBGL_ALWAYS_SOFTWARE=1 to draw without it.");
    }
    return shader;
}

}  // namespace

std::filesystem::path shader_folder() {
    std::string looked_in;
    for (const auto& folder : program_folders("shaders", "ELBOW_SHADERS")) {
        std::error_code none;
        if (std::filesystem::is_regular_file(folder / "points.vert", none)) return folder;
        looked_in += "\n  " + folder.string();
    }
    throw Error("The folder with the shaders (points.vert and others) was not found. Looked in:" +
                looked_in + "\nSet ELBOW_SHADERS to the folder shaders/ of the source tree.");
}

ShaderProgram::ShaderProgram(const std::string& name) {
    const auto folder = shader_folder();
    const Shader vertex = compile(GL_VERTEX_SHADER, folder / (name + ".vert"));
    const Shader fragment = compile(GL_FRAGMENT_SHADER, folder / (name + ".frag"));
    program_ = Program(glCreateProgram());
    glAttachShader(program_.get(), vertex.get());
    glAttachShader(program_.get(), fragment.get());
    glLinkProgram(program_.get());
    GLint linked = 0;
    glGetProgramiv(program_.get(), GL_LINK_STATUS, &linked);
    if (linked == 0) {
        std::string log(1024, '\0');
        glGetProgramInfoLog(program_.get(), static_cast<GLsizei>(log.size()), nullptr, log.data());
        throw Error("The shaders " + (folder / name).string() + ".vert and .frag do not link:\n" +
                    log.c_str());
    }
}

void ShaderProgram::use() const { glUseProgram(program_.get()); }

GLint ShaderProgram::uniform(const char* name) const {
    return glGetUniformLocation(program_.get(), name);
}

}  // namespace elbow::gl
