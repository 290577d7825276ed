#pragma once

// A panel's context without an application: no run, and everything that a panel may touch.

#include <filesystem>
#include <memory>
#include <utility>

#include "app/gui/context.h"

namespace elbow::gui {

struct ContextParts {
    explicit ContextParts(std::filesystem::path layout_file = {})
        : layout(std::move(layout_file)) {}

    live::Views views;
    Curves curves;
    LoadingState loading;
    ViewState view_state;
    Visible visible;
    Settings settings;
    Theme theme{};
    Actions actions;
    Toasts toasts;
    LayoutLog layout;
    Context context{std::make_shared<live::TrainerState>(),
                    views,
                    [] { return live::Views{}; },
                    curves,
                    loading,
                    {},
                    view_state,
                    visible,
                    [] {},
                    settings,
                    theme,
                    actions,
                    toasts,
                    layout,
                    1.0f,
                    0.0,
                    16.0};
};

}  // namespace elbow::gui
