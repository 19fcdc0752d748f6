#pragma once
// Sentences with their signs, as many as there are: a list that scrolls and that a reader can walk.

#include "ui/widgets/signline.h"

#include <QListWidget>
#include <vector>

namespace ui {

class SignList : public QListWidget {
    Q_OBJECT
public:
    explicit SignList(const QString& objectName, QWidget* parent = nullptr);

    void setLines(const std::vector<SignLine>& lines);

private:
    std::vector<SignLine> m_lines;
};

} // namespace ui
