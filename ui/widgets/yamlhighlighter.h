#pragma once
// Just enough of YAML to tell keys, values and comments apart in what an APIServer sends.

#include <QSyntaxHighlighter>

namespace ui {

class YamlHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit YamlHighlighter(QTextDocument* document);

    /// The colours to use from now on; paints again when they differ.
    void setPalette(const QPalette& palette);

protected:
    void highlightBlock(const QString& text) override;

private:
    /// The indentation below which a block scalar ("|", ">") ends is kept as the block's state; -1: none is open.
    bool insideBlockScalar(const QString& text);

    QTextCharFormat m_key;
    QTextCharFormat m_value;
    QTextCharFormat m_comment;
};

} // namespace ui
