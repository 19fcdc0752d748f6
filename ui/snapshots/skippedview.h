#pragma once
// What a snapshot does not hold: each path that was asked for, what came of it, and the server's reason.

#include "app/snapshot/format.h"

#include <QTreeWidget>

namespace ui {

class SkippedView : public QTreeWidget {
    Q_OBJECT
public:
    explicit SkippedView(const QString& objectName, QWidget* parent = nullptr);

    void setSkipped(const std::vector<snapshot::Skipped>& skipped);
    void retranslate();

private:
    std::vector<snapshot::Skipped> m_skipped;
};

} // namespace ui
