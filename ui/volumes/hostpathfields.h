#pragma once
// The three pages of fields: the workload and its container, the path on the node, the place in the container.

#include "ui/volumes/hostpathform.h"
#include "ui/widgets/signlines.h"

#include <QStackedWidget>
#include <array>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QRadioButton;
class QVBoxLayout;

namespace ui {

class PlainLabel;

class HostPathFields : public QStackedWidget {
    Q_OBJECT
public:
    explicit HostPathFields(HostPathForm::Mode mode, QWidget* parent = nullptr);

    const HostPathForm& form() const { return m_form; }
    /// The pod template that the volume goes into; null for what is new.
    void setTemplate(const kube::Json& podTemplate);
    /// Where the workload is, in words.
    void setObject(const QString& words) { m_objectWords = words; }
    void setName(const QString& name);
    void setNamespaces(const QStringList& names, const QString& chosen);

    const std::vector<change::Hazard>& hazards() const { return m_hazards; }
    /// Nothing on this page stands against going on.
    bool isComplete(int page) const;
    QString titleOf(int page) const;
    void retranslate();
    void focusFirst();

Q_SIGNALS:
    void changed();

private:
    struct Row {
        PlainLabel* label = nullptr;
        QWidget* field = nullptr;
        SignLines* lines = nullptr;
    };
    Row& row(HostPathField field) { return m_rows[static_cast<std::size_t>(field)]; }
    void add(QVBoxLayout* page, HostPathField which, const char* name, QWidget* field);
    void take();
    void judge();

    static constexpr std::size_t Fields = static_cast<std::size_t>(HostPathField::None);
    HostPathForm m_form;
    kube::Json m_template;
    bool m_hasTemplate;
    bool m_ownVolume = false; ///< typed: it follows the path no more
    bool m_taking = false;
    QString m_objectWords;
    std::vector<change::Hazard> m_hazards;
    std::array<Row, Fields> m_rows;
    PlainLabel* m_object;
    QLineEdit* m_name;
    QComboBox* m_namespace;
    QLineEdit* m_image;
    QComboBox* m_container;
    QLineEdit* m_path;
    QComboBox* m_type;
    QLineEdit* m_volume;
    QLineEdit* m_mount;
    QLineEdit* m_subPath;
    QRadioButton* m_readOnly;
    QRadioButton* m_readWrite;
    PlainLabel* m_console;
};

} // namespace ui
