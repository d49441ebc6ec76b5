// What Swift's SIMD types have no word for: a bit for each of 32 bytes that meets a test.

#pragma once

#include <stdint.h>

#if defined(__x86_64__)
#include <emmintrin.h>

#define TW_INLINE static inline __attribute__((always_inline))

TW_INLINE __m128i tw_load(const uint8_t *at) { return _mm_loadu_si128((const __m128i *)at); }

/// The bytes that are equal to one.
TW_INLINE uint32_t tw_equal(const uint8_t *at, uint8_t byte) {
    __m128i wanted = _mm_set1_epi8((char)byte);
    uint32_t low = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(tw_load(at), wanted));
    uint32_t high = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(tw_load(at + 16), wanted));
    return low | high << 16;
}

/// The bytes that are equal to one of two.
TW_INLINE uint32_t tw_equal_either(const uint8_t *at, uint8_t one, uint8_t other) {
    __m128i first = _mm_set1_epi8((char)one), second = _mm_set1_epi8((char)other);
    __m128i low = tw_load(at), high = tw_load(at + 16);
    low = _mm_or_si128(_mm_cmpeq_epi8(low, first), _mm_cmpeq_epi8(low, second));
    high = _mm_or_si128(_mm_cmpeq_epi8(high, first), _mm_cmpeq_epi8(high, second));
    return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

/// The bytes that are equal to one, a backslash, a control character or not ASCII: as signed numbers the last two are
/// less than a space.
TW_INLINE __m128i tw_special_half(__m128i bytes, uint8_t byte) {
    __m128i equal = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte));
    __m128i escape = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    return _mm_or_si128(_mm_or_si128(equal, escape), _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
}

TW_INLINE uint32_t tw_special(const uint8_t *at, uint8_t byte) {
    uint32_t low = (uint32_t)_mm_movemask_epi8(tw_special_half(tw_load(at), byte));
    uint32_t high = (uint32_t)_mm_movemask_epi8(tw_special_half(tw_load(at + 16), byte));
    return low | high << 16;
}

/// The bytes that go on with a character of UTF-8.
TW_INLINE uint32_t tw_continuing(const uint8_t *at) {
    __m128i least = _mm_set1_epi8(-64);
    uint32_t low = (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(tw_load(at), least));
    uint32_t high = (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(tw_load(at + 16), least));
    return low | high << 16;
}

/// The bytes that are not ASCII.
TW_INLINE uint32_t tw_beyond_ascii(const uint8_t *at) {
    return (uint32_t)_mm_movemask_epi8(tw_load(at)) | (uint32_t)_mm_movemask_epi8(tw_load(at + 16)) << 16;
}

#endif
