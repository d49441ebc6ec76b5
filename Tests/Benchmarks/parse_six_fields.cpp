// The yardstick: how long simdjson's on-demand parser takes to read six fields of every event of a JSON Lines file
// that is already in memory, with nothing else done with them. It uses one thread as long as SIMDJSON_THREADS_ENABLED
// is not defined. Compile it for the processor that it runs on (-march=native), or simdjson falls back to code
// without SIMD.
//
//     parse_six_fields FILE [REPETITIONS]
//
// Prints for each way of parsing the seconds of the fastest repetition, events and bytes a second, and a checksum
// over the fields, so that no reading can be optimised away and the two ways can be seen to read the same.

#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace simdjson;

namespace {

struct Result {
    uint64_t events = 0;
    uint64_t checksum = 0;
};

inline void add(Result &result, std::string_view text) {
    result.checksum = result.checksum * 31 + text.size() + uint8_t(text.back());
}

inline void addEvent(Result &result, ondemand::document_reference document) {
    ondemand::object event = document.get_object();
    add(result, event.find_field("id").get_string());
    add(result, event.find_field("time").get_string());
    add(result, event.find_field("type").get_string());
    add(result, event.find_field("initiator").get_string());
    add(result, event.find_field("admin2").get_string());
    result.checksum += uint64_t(double(event.find_field("fatalities").get_double()));
    result.events++;
}

/// The file as one stream of documents.
Result parseStream(ondemand::parser &parser, const padded_string &text) {
    Result result;
    ondemand::document_stream stream = parser.iterate_many(text, 1 << 20);
    for (auto document : stream) addEvent(result, document.value());
    return result;
}

/// Each line as a document of its own.
Result parseLines(ondemand::parser &parser, const padded_string &text) {
    Result result;
    const char *position = text.data();
    const char *end = position + text.size();
    while (position < end) {
        const char *newline = static_cast<const char *>(memchr(position, '\n', size_t(end - position)));
        const char *lineEnd = newline ? newline : end;
        if (lineEnd > position) {
            size_t capacity = size_t(end - position) + SIMDJSON_PADDING;
            ondemand::document document = parser.iterate(position, size_t(lineEnd - position), capacity);
            addEvent(result, document);
        }
        position = lineEnd + 1;
    }
    return result;
}

template <typename Parse>
double measure(const char *name, int repetitions, const padded_string &text, Parse parse) {
    ondemand::parser parser;
    double fastest = 1e300;
    Result result;
    for (int i = 0; i < repetitions; i++) {
        auto start = std::chrono::steady_clock::now();
        result = parse(parser, text);
        std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        fastest = std::min(fastest, elapsed.count());
    }
    printf("%s: %.6f s, %.3f M events/s, %.3f GB/s, %llu events, checksum %016llx\n", name, fastest,
        double(result.events) / fastest / 1e6, double(text.size()) / fastest / 1e9, (unsigned long long)result.events,
        (unsigned long long)result.checksum);
    return fastest;
}

}  // namespace

int main(int count, char **words) {
    if (count < 2) {
        fprintf(stderr, "usage: parse_six_fields FILE [REPETITIONS]\n");
        return 3;
    }
    int repetitions = count > 2 ? atoi(words[2]) : 5;
    padded_string text;
    if (padded_string::load(words[1]).get(text)) {
        fprintf(stderr, "parse_six_fields: cannot read %s\n", words[1]);
        return 4;
    }
    double stream = measure("stream", repetitions, text, parseStream);
    double lines = measure("lines", repetitions, text, parseLines);
    printf("fastest %.6f\n", std::min(stream, lines));
    return 0;
}
