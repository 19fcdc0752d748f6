#pragma once
// What a person fills in to mount a host path, and on which page and in which field each hazard belongs.

#include "app/change/hostpath.h"

namespace ui {

struct HostPathForm {
    enum class Mode {
        Mount, ///< into a workload that is there
        Copy,  ///< into a new Pod or Job, made after one that is there
        New,   ///< into a new Deployment
    };
    Mode mode = Mode::Mount;
    change::HostPathDraft draft;
    QString name;      ///< of what is new
    QString nameSpace; ///< of a new Deployment
    QString image;     ///< of a new Deployment
    bool operator==(const HostPathForm&) const = default;
};

/// Fields as their widgets are named, "hostpath.mount".
enum class HostPathField { Name, Namespace, Image, Container, Path, Type, Volume, Mount, SubPath, Access, None };

HostPathField fieldOf(const change::Hazard& hazard);
/// 0 to 2, the pages on which one types; 3 for what is only known, or only worth saying, at the end.
int pageOf(HostPathField field);
/// What is wrong with the name, the namespace or the image of what is new, translated; empty when nothing is.
QString problemOf(const HostPathForm& form, HostPathField field);

} // namespace ui
