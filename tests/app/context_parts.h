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

    train::Views views;
    Curves curves;
    LoadingState loading;
    Exploration exploration;
    train::ExploreRequest request;
    Settings settings;
    Theme theme{};
    Actions actions;
    Toasts toasts;
    LayoutLog layout;
    Context context{std::make_shared<train::TrainerState>(),
                    views,
                    [] { return train::Views{}; },
                    curves,
                    loading,
                    {},
                    exploration,
                    request,
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
