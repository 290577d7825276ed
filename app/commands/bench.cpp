// elbow bench: how fast this machine trains, decodes, draws and starts, as a table or as JSON.

#include "app/bench/bench.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

#include "app/commands/command.h"
#include "app/commands/standard_output.h"
#include "app/commands/stop_signal.h"
#include "app/commands/terminal_progress.h"
#include "engine/core/error.h"
#include "engine/core/json.h"
#include "engine/core/version.h"

namespace elbow::commands {

namespace {

constexpr const char* kImport = "import";
constexpr const char* kGrow = "grow";
constexpr const char* kScaling = "scaling";
constexpr std::array kParts = {"train", "torch",  "decode", "gui",
                               "start", kScaling, kImport,  kGrow};
constexpr double kMostSeconds = 3600.0;
constexpr double kQuietLoad = 0.3;  // processes that run besides, on average

struct BenchArguments {
    std::string part;  // empty: all of them
    std::string model;
    double seconds = 0.5;
    std::int64_t threads = 1;
    std::int64_t repeats = 3;
    bool json = false;
    bool in_this_process = false;
};

// Processes that ran or wanted to, a mean over the last minute; absent where the system does not
// say.
std::optional<double> load_average() {
    double load = 0.0;
    if (getloadavg(&load, 1) != 1) return std::nullopt;
    return load;
}

// They take long: only where one is named.
bool takes_long(const std::string& part) {
    return part == kScaling || part == kImport || part == kGrow;
}

class Benchmark {
  public:
    explicit Benchmark(const BenchArguments& arguments)
        : arguments_(arguments), load_(load_average()) {
        options_.seconds = arguments.seconds;
        options_.model = arguments.model;
        options_.threads = static_cast<int>(arguments.threads);
        options_.repeats = static_cast<int>(arguments.repeats);
        options_.next = [this](const std::string& what) {
            if (stop_.requested() || output_.closed())
                throw Error("The benchmark was stopped before its end.");
            bar_.show(-1.0, "measuring " + what);
        };
    }

    // What was measured is printed even where a later part fails.
    void run() {
        if (load_ && *load_ > kQuietLoad) {
            remark("Other work was on the machine in the last minute (a load average of " +
                   bench::number_text(*load_) + " on " + std::to_string(cores()) +
                   " cores): figures of a quiet machine are higher.");
        }
        try {
            for (const char* part : kParts) {
                const std::string& wanted = arguments_.part;
                if (wanted.empty() ? takes_long(part) : wanted != part) continue;
                measure(part);
                if (!arguments_.json) print_table(part);
            }
        } catch (const std::exception&) {
            bar_.clear();
            if (arguments_.json && !figures_.all().empty()) print_json();
            throw;
        }
        bar_.clear();
        if (arguments_.json) print_json();
    }

  private:
    static unsigned cores() { return std::max(1U, std::thread::hardware_concurrency()); }

    // Where all is measured and there is no display, the rest is.
    void measure(const std::string& part) {
        const bool window = bench::display_is_named();
        if (part == "train") {
            products_ = bench::bench_train(options_, figures_);
        } else if (part == "torch") {
            torch();
        } else if (part == "decode") {
            bench::bench_decode(options_, figures_);
        } else if (part == kScaling) {
            bench::bench_scaling(options_, figures_);
        } else if (part == kImport) {
            bench::bench_import(options_, figures_);
        } else if (part == kGrow) {
            grow();
        } else if (part == "start") {
            if (!window) remark_no_display("elbow gui");
            bench::bench_start(options_, window, figures_);
        } else if (window || !arguments_.part.empty()) {
            bench::bench_gui(options_, figures_);
        } else {
            remark_no_display("gui");
        }
    }

    // Where all is measured, --model may name one of train, and LibTorch's module be missing.
    void torch() {
        try {
            bench::bench_torch(options_, figures_);
        } catch (const UsageError&) {
            if (!arguments_.part.empty()) throw;
        } catch (const Error& error) {
            if (!arguments_.part.empty()) throw;
            remark(error.what());
        }
    }

    void grow() {
        if (arguments_.in_this_process)
            return bench::bench_grow_case(options_.model, options_, figures_);
        for (const std::string& name : bench::bench_grow(options_, figures_))
            remark("There is too little memory for " + name + ", which is left out.");
    }

    void remark_no_display(const std::string& left_out) {
        remark("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so " + left_out +
               " is left out.");
    }

    void print_table(const std::string& part) {
        bar_.clear();
        for (const std::string& line : bench::table_lines(figures_, part)) output_.line(line);
        if (part == "train") print_products();
        output_.line("");
    }

    void print_products() {
        output_.line("");
        output_.line("matrix products (m x n x k) of a step of the first model, one thread");
        for (const bench::ProductSpeed& speed : products_) {
            const bench::Product& product = speed.product;
            char text[160];
            std::snprintf(text, sizeof text, "  %-30s %5lld x %4lld x %4lld %8s GFLOP/s",
                          product.name.c_str(), static_cast<long long>(product.m),
                          static_cast<long long>(product.n), static_cast<long long>(product.k),
                          bench::number_text(speed.gflops_per_s).c_str());
            output_.line(text);
        }
    }

    void print_json() {
        Json object;
        object["version"] = version();
        object["cores"] = cores();
        object["load_average"] = load_ ? Json(*load_) : Json();
        object["seconds"] = options_.seconds;
        object["repeats"] = options_.repeats;
        object["figures"] = bench::to_json(figures_);
        Json::Array products;
        for (const bench::ProductSpeed& speed : products_) {
            products.push_back(Json::Object{{"name", speed.product.name},
                                            {"m", speed.product.m},
                                            {"n", speed.product.n},
                                            {"k", speed.product.k},
                                            {"gflops_per_s", speed.gflops_per_s}});
        }
        object["products"] = std::move(products);
        output_.line(json_text(object));
    }

    void remark(const std::string& text) {
        bar_.clear();
        std::fprintf(stderr, "%s\n", text.c_str());
    }

    BenchArguments arguments_;
    std::optional<double> load_;
    StopSignal stop_;
    StandardOutput output_;
    TerminalProgress bar_;
    bench::BenchOptions options_;
    bench::Figures figures_;
    std::vector<bench::ProductSpeed> products_;
};

void check(const BenchArguments& arguments) {
    if (arguments.seconds > 0.0 && arguments.seconds <= kMostSeconds) return;
    throw UsageError("--seconds: expected a time above 0 and up to 3600 s, found " +
                     bench::number_text(arguments.seconds) + ".");
}

}  // namespace

void add_bench(Command root) {
    const auto arguments = std::make_shared<BenchArguments>();
    const Command command =
        root.add_subcommand("bench", "Measure how fast this machine trains, decodes and draws");
    command.footer(
        "train: the training step of the paper's models, on one thread and on all, beside its "
        "floor: the step's matrix\n"
        "products at the speed that they reach alone, and the optimiser's way through memory. "
        "torch: that of models\n"
        "that LibTorch computes. decode: what the window\n"
        "asks for while somebody drags. gui: the window while it trains, and the same training "
        "without it. start: from\n"
        "the start of the process to the first frame, to the first picture of trained weights, "
        "and to the first step.\n"
        "scaling, where it is named: what more cores would give a training step, up to 16, from "
        "the processor time of\n"
        "as many threads, whatever --threads says.\n"
        "import, where it is named: an archive of pictures until it is a data set, beside "
        "stb_image "
        "alone; takes half a\n"
        "minute, and 1.3 GB for temporary files.\n"
        "grow, where it is named: speed and memory against the sizes of network, images, data and "
        "map, each case in a\n"
        "process of its own; takes minutes, and 2 GB of memory.\n"
        "Every figure is the median over the repeats, with the least and the most beside it. No "
        "data files are needed.\n"
        "Example: elbow bench train --threads 2 --seconds 2 --repeats 5");
    add_choice(
        command, "PART", arguments->part,
        "train, torch, decode, gui or start, without it all of these; or scaling, import or grow",
        {kParts.begin(), kParts.end()})
        .type_name("PART");
    command
        .add_option("--model", arguments->model,
                    "Measure only the models of train, torch or scaling and the cases of import or "
                    "grow with this in their names, such as ReLU")
        .type_name("TEXT");
    add_amount(command, "--seconds", arguments->seconds,
               "Seconds that a measurement lasts in each repeat; the window is open for some "
               "seconds more")
        .default_text("0.5");
    add_threads(command, arguments->threads);
    add_count(command, "--repeats", arguments->repeats, "How often everything is measured", 1, 1000)
        .default_text("3");
    command.add_flag("--json", arguments->json,
                     "Print one JSON object: version, cores, load_average, seconds, repeats, "
                     "figures (part, subject, threads, quantity, median, min, max, values) and "
                     "products (name, m, n, k, gflops_per_s)");
    command
        .add_flag("--in-this-process", arguments->in_this_process,
                  "Measure the one case of grow whose name --model gives whole, here and once")
        .group("For tests and demonstrations");
    command.callback([arguments] {
        check(*arguments);
        Benchmark(*arguments).run();
    });
}

}  // namespace elbow::commands
