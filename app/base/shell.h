#pragma once
// Commands to be pasted into a shell.

#include <QString>

namespace base {

/// A word as one argument of a POSIX shell: as it is when it is of ASCII letters, digits and "@%+=:,./_-" alone, which
/// mean nothing to a shell (Python's shlex.quote has the same rule); else in single quotes.
QString shellQuoted(const QString& word);

} // namespace base
