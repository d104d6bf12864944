// Runs a fuzz target without libFuzzer: the kept inputs first, then a fixed number of mutations of
// them by a fixed seed, so that a run of the tests is the same everywhere. The campaign
// (./run campaign fuzz) runs the same targets with libFuzzer, which is guided by coverage.
//
//   fuzz_TARGET CORPUS-DIRECTORY MUTATIONS [SEED]
//
// An input that ends the process stands in ./fuzz_TARGET.finding, to be kept as a file of the
// corpus.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
// Of targets whose inputs have a structure; absent in the others.
extern "C" __attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size,
                                                                size_t max_size, unsigned int seed);

namespace {

constexpr size_t kMaxBytes = 8192;

using Random = std::mt19937_64;

std::vector<std::string> ReadCorpus(const std::string& directory) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());  // the file system's order is nobody's
  std::vector<std::string> inputs;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

size_t Below(Random& random, size_t limit) {
  return limit == 0 ? 0 : random() % limit;
}

// One small damage.
void Damage(Random& random, const std::vector<std::string>& corpus, std::string& input) {
  static constexpr unsigned char kEdges[] = {0x00, 0x01, 0x7f, 0x80, 0xc0,
                                             0xff, '"',  '\\', '{',  ','};
  const size_t at = Below(random, input.size() + 1);
  switch (random() % 6) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << (random() % 8)));
      return;
    case 1:
      input.insert(at, 1, static_cast<char>(kEdges[random() % std::size(kEdges)]));
      return;
    case 2:
      input.erase(at, 1 + Below(random, 8));
      return;
    case 3:
      input.insert(at, input.substr(Below(random, input.size()), 1 + Below(random, 32)));
      return;
    case 4: {
      const std::string& other = corpus[Below(random, corpus.size())];
      input = input.substr(0, at) + other.substr(Below(random, other.size()));
      return;
    }
    default:
      if (at < input.size()) input[at] = static_cast<char>(kEdges[random() % std::size(kEdges)]);
  }
}

std::string Mutated(Random& random, const std::vector<std::string>& corpus) {
  std::string input = corpus[Below(random, corpus.size())];
  if (LLVMFuzzerCustomMutator != nullptr && random() % 4 != 0) {
    std::vector<uint8_t> bytes(kMaxBytes);
    const size_t size = std::min(input.size(), kMaxBytes);
    std::memcpy(bytes.data(), input.data(), size);
    const size_t mutated =
        LLVMFuzzerCustomMutator(bytes.data(), size, kMaxBytes, static_cast<unsigned int>(random()));
    return std::string(reinterpret_cast<const char*>(bytes.data()), mutated);
  }
  for (size_t left = 1 + Below(random, 5); left > 0; --left) Damage(random, corpus, input);
  return input.substr(0, kMaxBytes);
}

class Run {
 public:
  explicit Run(std::string finding) : finding_(std::move(finding)) {}

  void One(const std::string& input) {
    // Written first, and in place: a finding ends the process without a word.
    std::FILE* file = std::fopen(finding_.c_str(), "wb");
    if (file != nullptr) {
      std::fwrite(input.data(), 1, input.size(), file);
      std::fclose(file);
    }
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
    std::filesystem::remove(finding_);
  }

 private:
  const std::string finding_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, argv + argc);
  if (arguments.size() < 3) {
    std::fprintf(stderr, "usage: fuzz_TARGET CORPUS-DIRECTORY MUTATIONS [SEED]\n");
    return 2;
  }
  const std::vector<std::string> corpus = ReadCorpus(arguments[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s holds no input\n", arguments[1].c_str());
    return 2;
  }
  const unsigned long long mutations = std::stoull(arguments[2]);
  const unsigned long long seed = arguments.size() > 3 ? std::stoull(arguments[3]) : 1;
  const std::filesystem::path program = arguments.at(0);
  Run run(program.filename().string() + ".finding");
  for (const std::string& input : corpus) run.One(input);
  Random random(seed);
  for (unsigned long long i = 0; i < mutations; ++i) run.One(Mutated(random, corpus));
  std::printf("%zu kept inputs and %llu mutations, seed %llu\n", corpus.size(), mutations, seed);
  return 0;
}
