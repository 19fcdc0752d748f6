#pragma once
// A sentence that is made when it is shown, so that a report follows a change of language. A value.

#include "app/base/error.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QString>
#include <functional>
#include <type_traits>

namespace diagnose {

/// The context of all sentences of diagnose/.
struct Diagnose {
    Q_DECLARE_TR_FUNCTIONS(Diagnose)
};

class Text {
public:
    Text() = default;
    /// What is the same in each language: names, the other side's words.
    Text(const QString& verbatim)
    {
        if (!verbatim.isEmpty())
            m_make = [verbatim] { return verbatim; };
    }
    /// `make` holds what the sentence is about by value and is called in the GUI thread: [name] { return
    /// Diagnose::tr("…").arg(name); }
    template <typename F>
    requires std::is_invocable_r_v<QString, F> Text(F make) : m_make(std::move(make)) {}

    QString text() const { return m_make ? m_make() : QString(); }
    bool isEmpty() const { return !m_make; }

private:
    std::function<QString()> m_make;
};

/// What an error says, in the language of the moment it is shown in.
Text said(const base::Error& error);
/// "2026-11-22 14:05 UTC"
QString moment(const QDateTime& time);

} // namespace diagnose
