#include "app/kube/bracketscan.h"

#include <bit>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kube {

#if defined(__SSE2__)
namespace {

constexpr int BlockSize = 64;

/// One bit a byte of a block, the first byte the lowest.
struct Block {
    std::uint64_t quotes;
    std::uint64_t backslashes;
    std::uint64_t opening;
    std::uint64_t closing;
};

Block blockAt(const char* text)
{
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    // '[' and '{', as ']' and '}', differ in this bit only.
    const __m128i curl = _mm_set1_epi8('{' ^ '[');
    const __m128i opening = _mm_set1_epi8('{');
    const __m128i closing = _mm_set1_epi8('}');

    Block block{};
    for (int at = 0; at < BlockSize; at += 16) {
        const __m128i bytes = _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(text + at)));
        const __m128i curled = _mm_or_si128(bytes, curl);
        const auto bits = [at](__m128i equal) {
            return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(equal))} << at;
        };
        block.quotes |= bits(_mm_cmpeq_epi8(bytes, quote));
        block.backslashes |= bits(_mm_cmpeq_epi8(bytes, backslash));
        block.opening |= bits(_mm_cmpeq_epi8(curled, opening));
        block.closing |= bits(_mm_cmpeq_epi8(curled, closing));
    }
    return block;
}

/// The bytes that stand behind a run of backslashes of odd length, which are escaped. `escaped` is 1 when the block's
/// first byte is, and is then set for the next block.
std::uint64_t escapedBytes(std::uint64_t backslashes, std::uint64_t& escaped)
{
    constexpr std::uint64_t Even = 0x5555'5555'5555'5555;
    const std::uint64_t first = escaped;
    if (backslashes == 0) {
        escaped = 0;
        return first;
    }
    backslashes &= ~first; // an escaped backslash escapes nothing
    escaped = static_cast<std::uint64_t>(std::countl_one(backslashes)) & 1;
    const std::uint64_t starts = backslashes & ~(backslashes << 1);
    // A one added at the start of a run comes out behind its end. The run is odd when start and end differ in parity.
    const std::uint64_t behindEven = (backslashes + (starts & Even)) & ~backslashes;
    const std::uint64_t behindOdd = (backslashes + (starts & ~Even)) & ~backslashes;
    return (behindEven & ~Even) | (behindOdd & Even) | first;
}

/// Each bit becomes the parity of itself and all below: with quotes, "inside a string", the opening quote included.
std::uint64_t parityUpTo(std::uint64_t bits)
{
    for (int shift = 1; shift < BlockSize; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/// std::popcount() is a call into the runtime library where the popcnt instruction cannot be taken for granted.
int count(std::uint64_t bits)
{
    bits -= (bits >> 1) & 0x5555'5555'5555'5555;
    bits = (bits & 0x3333'3333'3333'3333) + ((bits >> 2) & 0x3333'3333'3333'3333);
    bits = (bits + (bits >> 4)) & 0x0f0f'0f0f'0f0f'0f0f;
    return static_cast<int>((bits * 0x0101'0101'0101'0101) >> 56);
}

} // namespace
#endif

void BracketScan::begin(int around)
{
    m_around = around;
    m_depth = around;
    m_inString = false;
    m_escaped = false;
}

BracketScan::Found BracketScan::scan(const char*& at, const char* end)
{
#if defined(__SSE2__)
    int depth = m_depth;
    std::uint64_t inString = m_inString ? ~std::uint64_t{0} : 0;
    std::uint64_t escaped = m_escaped ? 1 : 0;
    for (; end - at >= BlockSize; at += BlockSize) {
        const Block block = blockAt(at);
        const std::uint64_t quotes = block.quotes & ~escapedBytes(block.backslashes, escaped);
        const std::uint64_t strings = parityUpTo(quotes) ^ inString;
        inString = std::uint64_t{0} - (strings >> (BlockSize - 1));
        const std::uint64_t opening = block.opening & ~strings;
        const std::uint64_t closing = block.closing & ~strings;
        const int opened = count(opening);
        const int closed = count(closing);
        // Whatever the order of its brackets, such a block neither ends the value nor goes too deep.
        if (depth - closed > m_around && depth + opened <= DeepestJson) {
            depth += opened - closed;
            continue;
        }
        for (std::uint64_t brackets = opening | closing; brackets != 0; brackets &= brackets - 1) {
            const int place = std::countr_zero(brackets);
            if (((opening >> place) & 1) != 0) {
                if (++depth > DeepestJson) {
                    at += place + 1;
                    return Found::TooDeep;
                }
            } else if (--depth <= m_around) {
                at += place + 1;
                return Found::End;
            }
        }
    }
    m_depth = depth;
    m_inString = inString != 0;
    m_escaped = escaped != 0;
#endif
    return scanBytes(at, end);
}

BracketScan::Found BracketScan::scanBytes(const char*& at, const char* end)
{
    while (at != end) {
        const char c = *at++;
        const bool escaped = std::exchange(m_escaped, false);
        if (c == '\\') {
            m_escaped = !escaped;
        } else if (c == '"') {
            if (!escaped)
                m_inString = !m_inString;
        } else if (m_inString) {
            continue;
        } else if (c == '{' || c == '[') {
            if (++m_depth > DeepestJson)
                return Found::TooDeep;
        } else if ((c == '}' || c == ']') && --m_depth <= m_around) {
            return Found::End;
        }
    }
    return Found::Nothing;
}

} // namespace kube
