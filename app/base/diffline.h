#pragma once
// One line of a difference between two texts: what change/diff works out and what the window shows.

#include <QString>

namespace base {

struct DiffLine {
    enum class Kind { Same, Removed, Added, Gap }; ///< a gap stands for equal lines that are left out
    Kind kind = Kind::Same;
    int before = 0; ///< line number, from 1; 0: not on that side
    int after = 0;
    QString text;
    bool operator==(const DiffLine&) const = default;
};

} // namespace base
