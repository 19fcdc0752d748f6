#pragma once
// Follows the strings and brackets of JSON text, which may come in pieces, to the end of one object or array. It is
// what a list is cut with: 64 bytes at a time with SSE2, which every x86-64 has, byte by byte on other processors.

#include <cstdint>

namespace kube {

/// The deepest nesting that is accepted in what a server sends, the outermost bracket counted as 1.
inline constexpr int DeepestJson = 256;

class BracketScan {
public:
    enum class Found {
        Nothing, ///< the text is used up, the value goes on
        End,     ///< the bracket that closes the value
        TooDeep, ///< more than DeepestJson brackets are open
    };

    /// Begins with a value that has `around` brackets open around it.
    void begin(int around);
    /// Goes on at `at`, which for the first call stands on the value's opening bracket, and leaves it behind the last
    /// byte looked at. Braces are not told from square brackets: a value that closes one with the other is found to be
    /// invalid by whoever parses it.
    Found scan(const char*& at, const char* end);

private:
    Found scanBytes(const char*& at, const char* end);

    int m_around = 0;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false; ///< the next byte stands behind a backslash
};

} // namespace kube
