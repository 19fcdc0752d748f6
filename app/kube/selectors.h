#pragma once
// Label and field selectors as they stand in a query, judged as an APIServer does
// (k8s.io/apimachinery/pkg/labels/selector.go, pkg/fields/selector.go). Pure.

#include "app/base/result.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <vector>

namespace kube {

class LabelSelector {
public:
    /// "app=web,tier in (a,b),!canary,track!=old,weight>3"; empty selects everything. Error{Invalid, "selector"}:
    /// `said` is the part that cannot be read.
    static base::Result<LabelSelector> parse(const QString& text);
    /// `valueOf` gives the value of a label, nothing where the object has none of that name.
    bool matches(const std::function<std::optional<QString>(const QString&)>& valueOf) const;
    bool isEmpty() const { return m_terms.empty(); }

private:
    enum class Is { In, NotIn, There, NotThere, Greater, Less };
    struct Term {
        QString key;
        Is is = Is::There;
        QStringList values;
    };
    static std::optional<Term> termFrom(const QString& text);
    static bool holds(const Term& term, const std::optional<QString>& value);
    std::vector<Term> m_terms;
};

class FieldSelector {
public:
    /// "status.phase=Running,spec.nodeName!=worker-1"; commas, equal signs and backslashes of values behind a
    /// backslash.
    static base::Result<FieldSelector> parse(const QString& text);
    /// `valueOf` gives the text of a field; empty where there is none, as an APIServer has it.
    bool matches(const std::function<QString(const QString&)>& valueOf) const;
    bool isEmpty() const { return m_terms.empty(); }

private:
    struct Term {
        QString field;
        QString value;
        bool isEqual = true;
    };
    std::vector<Term> m_terms;
};

} // namespace kube
