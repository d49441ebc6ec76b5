// Writes invented incidents in the native profile, 14 fields each, in order of event time: as JSON Lines, with about
// 400 bytes an incident, or as CSV. The same seed and options give the same bytes on every machine.
//
//     generate [--events 1000000] [--seed 1] [--years 6] [--late 0] [--corrected 0] [--format json|csv]
//
// --late      the share of events (0 to 1) that arrive up to 30 days after others with a later event time
// --corrected the share of events that a second record with the same id and another toll follows within 1,000 records
//
// The districts, actors and words are real ones, so that texts have a realistic length and variety; the incidents are
// not.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

/// SplitMix64: one seed gives one sequence, whatever the standard library.
struct RandomNumbers {
    uint64_t state;

    uint64_t next() {
        state += 0x9e3779b97f4a7c15u;
        uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    uint64_t below(uint64_t bound) { return next() % bound; }
    double share() { return double(next() >> 11) * 0x1p-53; }
};

struct District {
    const char *name;
    const char *province;
};

const char *const provinces[] = {
    "Khyber Pakhtunkhwa", "Balochistan", "Punjab", "Sindh"};

const char *const khyberPakhtunkhwa[] = {
    "Abbottabad", "Allai", "Bajaur", "Bannu", "Battagram", "Buner", "Charsadda", "Dera Ismail Khan", "Hangu",
    "Haripur", "Karak", "Khyber", "Kohat", "Kolai-Palas", "Kurram", "Lakki Marwat", "Lower Chitral", "Lower Dir",
    "Lower Kohistan", "Malakand", "Mansehra", "Mardan", "Mohmand", "North Waziristan", "Nowshera", "Orakzai",
    "Peshawar", "Shangla", "South Waziristan", "Swabi", "Swat", "Tank", "Torghar", "Upper Chitral", "Upper Dir",
    "Upper Kohistan"};
const char *const balochistan[] = {
    "Awaran", "Barkhan", "Chagai", "Chaman", "Dera Bugti", "Duki", "Gwadar", "Harnai", "Hub", "Jafarabad",
    "Jhal Magsi", "Kachhi", "Kalat", "Kech", "Kharan", "Khuzdar", "Killa Abdullah", "Killa Saifullah", "Kohlu",
    "Lasbela", "Loralai", "Mastung", "Musakhel", "Nasirabad", "Nushki", "Panjgur", "Pishin", "Quetta", "Sherani",
    "Sibi", "Sohbatpur", "Surab", "Usta Muhammad", "Washuk", "Zhob", "Ziarat"};
const char *const punjab[] = {
    "Attock", "Bahawalnagar", "Bahawalpur", "Bhakkar", "Chakwal", "Chiniot", "Dera Ghazi Khan", "Faisalabad",
    "Gujranwala", "Gujrat", "Hafizabad", "Jhang", "Jhelum", "Kasur", "Khanewal", "Khushab", "Kot Addu", "Lahore",
    "Layyah", "Lodhran", "Mandi Bahauddin", "Mianwali", "Multan", "Murree", "Muzaffargarh", "Nankana Sahib",
    "Narowal", "Okara", "Pakpattan", "Rahim Yar Khan", "Rajanpur", "Rawalpindi", "Sahiwal", "Sargodha",
    "Sheikhupura", "Sialkot", "Talagang", "Taunsa", "Toba Tek Singh", "Vehari", "Wazirabad"};
const char *const sindh[] = {
    "Badin", "Dadu", "Ghotki", "Hyderabad", "Jacobabad", "Jamshoro", "Karachi Central", "Karachi East",
    "Karachi South", "Karachi West", "Kashmore", "Keamari", "Khairpur", "Korangi", "Larkana", "Malir", "Matiari",
    "Mirpur Khas", "Naushahro Feroze", "Qambar Shahdadkot", "Sanghar", "Shaheed Benazirabad", "Shikarpur",
    "Sujawal", "Sukkur", "Tando Allahyar", "Tando Muhammad Khan", "Tharparkar", "Thatta", "Umerkot", "Gulshan",
    "Lyari", "Nazimabad", "Orangi", "Saddar", "Gadap", "Landhi"};

struct EventClass {
    const char *type;
    const char *subtype;
};

const EventClass classes[] = {
    {"attack", "armed attack on a checkpoint"}, {"attack", "attack with grenades and small arms"},
    {"bombing", "roadside improvised explosive device"}, {"bombing", "suicide bombing with a vehicle"},
    {"ambush", "ambush of a patrol or convoy"}, {"shelling", "artillery and mortar fire"},
    {"abduction", "abduction for ransom or exchange"}, {"targeted_killing", "shooting by men on a motorcycle"},
    {"raid", "search and arrest operation"}, {"air_strike", "strike by fixed-wing aircraft"}};

const char *const groups[] = {
    "Tehrik-i-Taliban Pakistan", "Jamaat-ul-Ahrar", "Lashkar-e-Islam", "Balochistan Liberation Army",
    "Hafiz Gul Bahadur Group", "Islamic State Khorasan Province", "Unidentified armed group"};

const char *const forces[] = {
    "Military Forces of Pakistan", "Frontier Corps", "Police Forces of Pakistan", "Counter Terrorism Department"};

const char *const victims[] = {
    "Civilians (Pakistan)", "Police Forces of Pakistan", "Frontier Corps", "Military Forces of Pakistan",
    "Tribal elders and peace committee", "Health workers (Pakistan)"};

const char *const places[] = {
    "bazaar near the main bus terminal", "road between two villages north of the town", "police post at the bridge",
    "village in the upper part of the valley", "market street behind the hospital",
    "checkpoint on the national highway", "gate of the district administration", "school on the road to the river",
    "mosque in the old quarter of the town"};

std::vector<District> allDistricts() {
    std::vector<District> result;
    for (auto name : khyberPakhtunkhwa) result.push_back({name, provinces[0]});
    for (auto name : balochistan) result.push_back({name, provinces[1]});
    for (auto name : punjab) result.push_back({name, provinces[2]});
    for (auto name : sindh) result.push_back({name, provinces[3]});
    return result;
}

/// The civil date of a number of days since 1970-01-01.
void civilDate(int64_t days, int &year, int &month, int &day) {
    days += 719468;
    int64_t era = days / 146097;
    int64_t dayOfEra = days - era * 146097;
    int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int64_t shifted = (5 * dayOfYear + 2) / 153;
    day = int(dayOfYear - (153 * shifted + 2) / 5 + 1);
    month = int(shifted < 10 ? shifted + 3 : shifted - 9);
    year = int(yearOfEra + era * 400 + (month <= 2));
}

std::string instant(int64_t seconds) {
    int year, month, day;
    civilDate(seconds / 86400, year, month, day);
    int rest = int(seconds % 86400);
    char buffer[64];
    snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, rest / 3600, rest / 60 % 60,
        rest % 60);
    return buffer;
}

/// Most incidents kill nobody; few kill many.
int toll(RandomNumbers &random) {
    double u = random.share();
    if (u < 0.55) return 0;
    int count = int(std::pow((1 - u) / 0.45, -1 / 1.7));
    return std::min(count, 250);
}

/// Writes a record field by field, as an object of JSON or a row of CSV.
struct Record {
    std::string &text;
    bool isRow;
    bool isFirst = true;

    void name(const char *key) {
        if (isRow) {
            if (!isFirst) text += ',';
        } else {
            text += isFirst ? "{\"" : ",\"";
            text += key;
            text += "\":";
        }
        isFirst = false;
    }
    void word(const char *key, const std::string &value) {
        name(key);
        if (!isRow) text += '"';
        text += value;
        if (!isRow) text += '"';
    }
    template <typename... Values>
    void number(const char *key, const char *format, Values... values) {
        name(key);
        char buffer[64];
        text.append(buffer, size_t(snprintf(buffer, sizeof buffer, format, values...)));
    }
    void end() { text += isRow ? "\n" : "}\n"; }
};

const char *const header =
    "id,time,reported,type,subtype,initiator,target,country,admin1,admin2,place,latitude,longitude,fatalities\n";

void appendIncident(std::string &text, bool isRow, RandomNumbers &random, int64_t number, int64_t seconds,
    const std::vector<District> &districts) {
    // A district is drawn with a weight that falls with its rank, as in real lists of incidents.
    double u = random.share();
    size_t rank = size_t(u * u * double(districts.size()));
    const District &district = districts[(rank * 61) % districts.size()];
    size_t word = random.below(std::size(classes));
    bool byState = word >= 8;
    const char *initiator = byState ? forces[random.below(std::size(forces))] : groups[random.below(std::size(groups))];
    const char *target = byState ? groups[random.below(std::size(groups))] : victims[random.below(std::size(victims))];
    int64_t reported = seconds + 1800 + int64_t(random.below(36 * 3600));
    double latitude = 24.5 + random.share() * 11;
    double longitude = 62 + random.share() * 12;
    char id[32];
    snprintf(id, sizeof id, "PAK-%08lld", (long long)number);
    Record record{text, isRow};
    record.word("id", id);
    record.word("time", instant(seconds));
    record.word("reported", instant(reported));
    record.word("type", classes[word].type);
    record.word("subtype", classes[word].subtype);
    record.word("initiator", initiator);
    record.word("target", target);
    record.word("country", "Pakistan");
    record.word("admin1", district.province);
    record.word("admin2", district.name);
    record.word("place", places[random.below(std::size(places))]);
    record.number("latitude", "%.5f", latitude);
    record.number("longitude", "%.5f", longitude);
    record.number("fatalities", "%d", toll(random));
    record.end();
}

struct Options {
    int64_t events = 1000000;
    uint64_t seed = 1;
    int64_t years = 6;
    double late = 0;
    double corrected = 0;
    bool isCSV = false;
};

Options readOptions(int count, char **words) {
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        if (!strcmp(words[i], "--events")) options.events = atoll(words[i + 1]);
        else if (!strcmp(words[i], "--seed")) options.seed = strtoull(words[i + 1], nullptr, 10);
        else if (!strcmp(words[i], "--years")) options.years = atoll(words[i + 1]);
        else if (!strcmp(words[i], "--late")) options.late = atof(words[i + 1]);
        else if (!strcmp(words[i], "--corrected")) options.corrected = atof(words[i + 1]);
        else if (!strcmp(words[i], "--format")) options.isCSV = !strcmp(words[i + 1], "csv");
        else {
            fprintf(stderr, "generate: unknown option %s\n", words[i]);
            exit(3);
        }
    }
    return options;
}

/// A record that is held back until as many records have been written.
struct HeldBack {
    int64_t due;
    std::string text;
    bool operator<(const HeldBack &other) const { return due > other.due; }
};

}  // namespace

int main(int count, char **words) {
    Options options = readOptions(count, words);
    RandomNumbers random{options.seed};
    std::vector<District> districts = allDistricts();
    std::vector<HeldBack> held;
    const int64_t start = 1388534400;  // 2014-01-01T00:00:00Z
    const double step = double(options.years) * 365.25 * 86400 / double(options.events);
    const int64_t month = std::max<int64_t>(1, int64_t(30 * 86400 / step));
    std::string text = options.isCSV ? header : "";
    for (int64_t number = 0; number < options.events; number++) {
        int64_t seconds = start + int64_t(double(number) * step);
        std::string record;
        appendIncident(record, options.isCSV, random, number, seconds, districts);
        if (options.corrected > 0 && random.share() < options.corrected) {
            size_t last = record.rfind(options.isCSV ? ',' : ':') + 1;
            std::string again = record.substr(0, last) + std::to_string(toll(random)) + (options.isCSV ? "\n" : "}\n");
            held.push_back({number + 1 + int64_t(random.below(1000)), again});
            std::push_heap(held.begin(), held.end());
        }
        if (options.late > 0 && random.share() < options.late) {
            held.push_back({number + 1 + int64_t(random.below(uint64_t(month))), record});
            std::push_heap(held.begin(), held.end());
        } else {
            text += record;
        }
        while (!held.empty() && (held.front().due <= number || number + 1 == options.events)) {
            text += held.front().text;
            std::pop_heap(held.begin(), held.end());
            held.pop_back();
        }
        if (text.size() > 1 << 20) {
            fwrite(text.data(), 1, text.size(), stdout);
            text.clear();
        }
    }
    fwrite(text.data(), 1, text.size(), stdout);
    return 0;
}
