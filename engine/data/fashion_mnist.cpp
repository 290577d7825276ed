// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): pictures of clothes in the format of MNIST.

#include "engine/data/fetch.h"
#include "engine/data/published.h"

namespace elbow::data {
namespace {

// Where Debian's package dataset-fashion-mnist puts the files.
constexpr const char* kDebianFolder = "/usr/share/datasets/fashion-mnist";

const PublishedSet& fashion_mnist() {
    static const PublishedSet set{
        "fashion-mnist",
        "Fashion-MNIST",
        {{"train-images-idx3-ubyte", 47040016,
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", 26421880},
         {"train-labels-idx1-ubyte", 60008,
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9", 29515},
         {"t10k-images-idx3-ubyte", 7840016,
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", 4422102},
         {"t10k-labels-idx1-ubyte", 10008,
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34", 5148}},
        {"T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
         "ankle boot"}};
    return set;
}

std::optional<std::filesystem::path> find_fashion_mnist(const SearchPath& search) {
    return find_published(fashion_mnist(), search, {kDebianFolder});
}

Dataset load_fashion_mnist(const std::filesystem::path& folder, Progress& progress) {
    return load_published(fashion_mnist(), folder, progress);
}

void fetch_fashion_mnist(const std::filesystem::path& destination, Progress& progress) {
    fetch_published(
        fashion_mnist(),
        {way_by_copy(kDebianFolder),
         way_by_apt("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist"),
         way_by_mirror("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
         way_by_mirror(
             "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/")},
        destination, progress);
}

}  // namespace

DatasetEntry fashion_mnist_entry() {
    return {"fashion-mnist",
            "Fashion-MNIST",
            "Pictures of clothes, 60 000 training and 10 000 held-out images of 28 x 28 pixels.",
            find_fashion_mnist,
            load_fashion_mnist,
            fetch_fashion_mnist,
            fashion_mnist};
}

}  // namespace elbow::data
