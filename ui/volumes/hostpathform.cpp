#include "ui/volumes/hostpathform.h"

#include "app/base/names.h"
#include "app/base/visible.h"
#include "app/change/workloadintents.h"
#include "app/messages/changes.h"

#include <QCoreApplication>

namespace ui {
namespace {

struct HostPathText {
    Q_DECLARE_TR_FUNCTIONS(HostPathText)
};

} // namespace

HostPathField fieldOf(const change::Hazard& hazard)
{
    using enum HostPathField;
    static const std::pair<const char*, HostPathField> fields[] = {
        {"containerMissing", Container},
        {"podsAreFixed", Container},
        {"noPodTemplate", Container},
        {"pathMissing", Path},
        {"pathRelative", Path},
        {"pathBackstep", Path},
        {"dangerousPath", Path},
        {"typeUnknown", Type},
        {"ownedByRoot", Type},
        {"notChecked", Type},
        {"socketNeedsType", Type},
        {"volumeMissing", Volume},
        {"volumeInvalid", Volume},
        {"volumeTaken", Volume},
        {"mountMissing", Mount},
        {"mountRelative", Mount},
        {"mountColon", Mount},
        {"mountTaken", Mount},
        {"shadows", Mount},
        {"shadowsImage", Mount},
        {"subPathAbsolute", SubPath},
        {"subPathBackstep", SubPath},
        {"writable", Access},
    };
    for (const auto& [id, field] : fields)
        if (hazard.id == QLatin1String(id))
            return field;
    return None;
}

int pageOf(HostPathField field)
{
    switch (field) {
    case HostPathField::Name:
    case HostPathField::Namespace:
    case HostPathField::Image:
    case HostPathField::Container:
        return 0;
    case HostPathField::Path:
    case HostPathField::Type:
        return 1;
    case HostPathField::Volume:
    case HostPathField::Mount:
    case HostPathField::SubPath:
    case HostPathField::Access:
        return 2;
    case HostPathField::None:
        break;
    }
    return 3;
}

QString problemOf(const HostPathForm& form, HostPathField field)
{
    const bool isName = field == HostPathField::Name;
    const QString& text = isName ? form.name : form.nameSpace;
    if (form.mode == HostPathForm::Mode::Mount)
        return {};
    if (isName && text.isEmpty())
        return HostPathText::tr("Give it a name.");
    if (form.mode != HostPathForm::Mode::New && !isName)
        return {};
    if (field == HostPathField::Namespace && text.isEmpty())
        return HostPathText::tr("Choose a namespace.");
    // Pods of a Deployment carry its name as a label and as their container's name: shorter than an object's may be.
    if ((isName || field == HostPathField::Namespace) && !base::isDnsLabel(text))
        return HostPathText::tr("“%1” cannot be a name here: lower-case letters, digits and “-”, at most 63.")
            .arg(base::visible(text));
    if (field != HostPathField::Image)
        return {};
    const QString problem = change::imageProblem(form.image);
    return problem.isEmpty() ? QString() : messages::imageSentence(problem);
}

} // namespace ui
