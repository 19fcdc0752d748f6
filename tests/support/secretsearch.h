#pragma once
// Looks for words that must not be seen in everything that a program shows, says to a reader, logs and keeps on disk.

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDirIterator>
#include <QFile>
#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QGraphicsView>
#include <QHeaderView>
#include <QLineEdit>
#include <QMetaProperty>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace support {

class SecretSearch {
public:
    /// `words` by where they were planted.
    explicit SecretSearch(std::map<std::string, std::string> words)
    {
        for (const auto& [where, word] : words)
            m_words.insert(QByteArray::fromStdString(where), QByteArray::fromStdString(word));
    }

    /// What was found since this was asked last: where, and which word. A text is told where it was seen first.
    QStringList takeFound()
    {
        const QSet<QString> found = std::exchange(m_found, {});
        return QStringList(found.begin(), found.end());
    }
    /// How many texts were looked at: a search that saw nothing proves nothing.
    int looked() const { return m_looked; }
    /// A text with this in it was seen.
    bool saw(const QString& part) const
    {
        return std::any_of(m_texts.begin(), m_texts.end(), [&](const QString& each) { return each.contains(part); });
    }

    void text(const QString& where, const QString& text)
    {
        if (text.isEmpty())
            return;
        ++m_looked;
        if (m_texts.contains(text)) // the first place is told
            return;
        m_texts.insert(text);
        bytes(where, text.toUtf8());
    }
    void bytes(const QString& where, const QByteArray& bytes)
    {
        tell(where, bytes, QString());
        // Also as base64, and as base64 of base64.
        static const QRegularExpression coded(QStringLiteral("[A-Za-z0-9+/_-]{12,}={0,2}"));
        auto each = coded.globalMatch(QString::fromLatin1(bytes));
        while (each.hasNext()) {
            const QByteArray word = each.next().captured().toLatin1();
            for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
                const QByteArray once = QByteArray::fromBase64(word, option);
                tell(where, once, QStringLiteral(" (base64)"));
                tell(where, QByteArray::fromBase64(once), QStringLiteral(" (base64 twice)"));
            }
        }
    }
    /// All windows of the program: widgets, actions, models, drawings, the clipboard.
    void everythingShown(const QString& when)
    {
        QSet<QObject*> objects;
        for (QWidget* widget : QApplication::allWidgets()) {
            objects.insert(widget);
            for (QObject* below : widget->findChildren<QObject*>())
                objects.insert(below);
        }
        for (QObject* object : objects)
            look(when, object);
        text(when + QStringLiteral(": clipboard"), QApplication::clipboard()->text());
    }
    void files(const QString& folder)
    {
        QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            if (file.open(QFile::ReadOnly)) {
                ++m_looked;
                bytes(file.fileName(), file.readAll());
            }
        }
    }
    void model(const QString& where, const QAbstractItemModel* model)
    {
        for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical})
            for (int i = 0; i < (orientation == Qt::Horizontal ? model->columnCount() : model->rowCount()); ++i)
                for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
                    text(where, model->headerData(i, orientation, role).toString());
        rows(where, model, {});
    }

private:
    void tell(const QString& where, const QByteArray& bytes, const QString& how)
    {
        for (auto word = m_words.cbegin(); word != m_words.cend(); ++word)
            if (bytes.contains(word.value()))
                m_found.insert(QStringLiteral("%1: %2%3").arg(where, QString::fromUtf8(word.key()), how));
    }
    void look(const QString& when, QObject* object)
    {
        const QString where = QStringLiteral("%1: %2 %3")
                                  .arg(when, QLatin1String(object->metaObject()->className()), object->objectName());
        const auto* field = qobject_cast<QLineEdit*>(object);
        const bool isDotted = field && field->echoMode() != QLineEdit::Normal;
        for (int i = 0; i < object->metaObject()->propertyCount(); ++i) {
            const QMetaProperty property = object->metaObject()->property(i);
            const int type = property.metaType().id();
            // What is typed into such a field is shown as dots.
            if (isDotted && qstrcmp(property.name(), "text") == 0)
                continue;
            if (type == QMetaType::QString)
                text(where, property.read(object).toString());
            else if (type == QMetaType::QStringList)
                text(where, property.read(object).toStringList().join(QLatin1Char('\n')));
        }
        for (const QByteArray& name : object->dynamicPropertyNames())
            text(where, object->property(name.constData()).toString());
        if (const auto* view = qobject_cast<QAbstractItemView*>(object); view && view->model())
            model(where, view->model());
        if (const auto* view = qobject_cast<QGraphicsView*>(object); view && view->scene())
            for (const QGraphicsItem* item : view->scene()->items()) {
                text(where, item->toolTip());
                if (const auto* words = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item))
                    text(where, words->text());
            }
        if (QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(object)) {
            for (const QAccessible::Text each :
                 {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
                text(where + QStringLiteral(" (spoken)"), spoken->text(each));
            if (QAccessibleTextInterface* words = spoken->textInterface())
                text(where + QStringLiteral(" (spoken)"), words->text(0, words->characterCount()));
        }
    }
    void rows(const QString& where, const QAbstractItemModel* model, const QModelIndex& parent, int depth = 0)
    {
        constexpr int Deepest = 8;
        for (int row = 0; depth < Deepest && row < model->rowCount(parent); ++row)
            for (int column = 0; column < model->columnCount(parent); ++column) {
                const QModelIndex index = model->index(row, column, parent);
                for (int role = 0; role < 16; ++role)
                    text(where, model->data(index, role).toString());
                for (int role = Qt::UserRole; role < Qt::UserRole + 32; ++role)
                    text(where, model->data(index, role).toString());
                if (model->hasChildren(index))
                    rows(where, model, index, depth + 1);
            }
    }

    QMap<QByteArray, QByteArray> m_words;
    QSet<QString> m_found;
    QSet<QString> m_texts;
    int m_looked = 0;
};

} // namespace support
