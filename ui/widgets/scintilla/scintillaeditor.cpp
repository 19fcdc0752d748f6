#include "ui/widgets/scintilla/scintillaeditor.h"

#include <QKeyEvent>
#include <Qsci/qscilexeryaml.h>
#include <Qsci/qscistyle.h>
#include <algorithm>

namespace ui {
namespace {

constexpr int Numbers = 0;
constexpr int Signs = 1;
constexpr int Folds = 2;
constexpr int ProblemSign = 1;
constexpr int ProblemLine = 2;
constexpr int HitIndicator = 8;
constexpr int Indent = 2;
constexpr int MostHits = 1'000;

} // namespace

ScintillaEditor::ScintillaEditor(QWidget* parent) : QsciScintilla(parent), m_lexer(new QsciLexerYAML(this))
{
    setUtf8(true);
    setEolMode(EolUnix);
    setLexer(m_lexer);
    setIndentationsUseTabs(false); // a tab is an error in YAML
    setIndentationWidth(Indent);
    setTabWidth(Indent);
    setTabIndents(true);
    setBackspaceUnindents(true);
    setAutoIndent(true);
    setIndentationGuides(true);
    setFolding(BoxedTreeFoldStyle, Folds);
    setCaretLineVisible(true);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setFrameShape(QFrame::NoFrame);
    setMarginType(Numbers, QsciScintilla::NumberMargin);
    setMarginLineNumbers(Numbers, true);
    setMarginType(Signs, SymbolMargin);
    setMarginWidth(Signs, 12);
    markerDefine(Circle, ProblemSign);
    markerDefine(Background, ProblemLine);
    setMarginMarkerMask(Signs, 1 << ProblemSign);
    indicatorDefine(RoundBoxIndicator, HitIndicator);
    setIndicatorDrawUnder(true, HitIndicator);
    setAnnotationDisplay(AnnotationIndented);
    connect(this, &QsciScintilla::textChanged, this, [this] {
        showNumbers();
        if (!m_setting && edited)
            edited();
    });
}

void ScintillaEditor::setLook(const TextEditorLook& look)
{
    m_look = look;
    m_lexer->setDefaultColor(look.text);
    m_lexer->setDefaultPaper(look.ground);
    m_lexer->setDefaultFont(look.font);
    m_lexer->setFont(look.font, -1);
    m_lexer->setPaper(look.ground, -1);
    m_lexer->setColor(look.text, -1);
    m_lexer->setColor(look.key, QsciLexerYAML::Identifier);
    m_lexer->setColor(look.key, QsciLexerYAML::Keyword);
    m_lexer->setColor(look.value, QsciLexerYAML::Number);
    m_lexer->setColor(look.value, QsciLexerYAML::Reference);
    m_lexer->setColor(look.comment, QsciLexerYAML::Comment);
    m_lexer->setColor(look.comment, QsciLexerYAML::DocumentDelimiter);
    m_lexer->setColor(look.error, QsciLexerYAML::SyntaxErrorMarker);
    setColor(look.text);
    setPaper(look.ground);
    setCaretForegroundColor(look.text);
    setCaretLineBackgroundColor(look.currentLine);
    setSelectionBackgroundColor(look.selection);
    setSelectionForegroundColor(look.selectionText);
    setMarginsForegroundColor(look.numbers);
    setMarginsBackgroundColor(look.numbersGround);
    setMarginsFont(look.font);
    setFoldMarginColors(look.numbersGround, look.numbersGround);
    for (int marker = int{SC_MARKNUM_FOLDEREND}; marker <= int{SC_MARKNUM_FOLDEROPEN}; ++marker) {
        setMarkerForegroundColor(look.numbersGround, marker);
        setMarkerBackgroundColor(look.numbers, marker);
    }
    setIndentationGuidesForegroundColor(look.numbers);
    setIndentationGuidesBackgroundColor(look.ground);
    setMarkerBackgroundColor(look.error, ProblemSign);
    setMarkerForegroundColor(look.error, ProblemSign);
    setMarkerBackgroundColor(look.errorArea, ProblemLine);
    setIndicatorForegroundColor(look.match, HitIndicator);
    setIndicatorOutlineColor(look.match, HitIndicator);
    showNumbers();
}

void ScintillaEditor::setText(const QString& text)
{
    if (text == QsciScintilla::text())
        return;
    m_setting = true;
    const int top = firstVisibleLine();
    QsciScintilla::setText(text);
    setFirstVisibleLine(top);
    setModified(false);
    m_setting = false;
}

void ScintillaEditor::setProblems(const std::vector<Problem>& problems)
{
    clearAnnotations();
    markerDeleteAll(ProblemSign);
    markerDeleteAll(ProblemLine);
    const QsciStyle style(-1, QStringLiteral("problem"), m_look.error, m_look.errorArea, m_look.font);
    std::vector<std::pair<int, QString>> words;
    for (const Problem& problem : problems) {
        const int line = std::clamp(problem.line - 1, 0, std::max(0, lines() - 1));
        markerAdd(line, ProblemSign);
        markerAdd(line, ProblemLine);
        const auto found = std::ranges::find(words, line, &std::pair<int, QString>::first);
        if (found == words.end())
            words.emplace_back(line, problem.message);
        else
            found->second += QLatin1Char('\n') + problem.message;
    }
    for (const auto& [line, text] : words)
        annotate(line, text, style);
    viewport()->update(); // Scintilla leaves what stood between the lines before
}

void ScintillaEditor::goTo(int line, int column)
{
    const int row = std::clamp(line - 1, 0, std::max(0, lines() - 1));
    ensureLineVisible(row);
    setCursorPosition(row, std::max(0, column - 1));
    ensureCursorVisible();
    setFocus();
}

int ScintillaEditor::mark(const QString& text)
{
    clearIndicatorRange(0, 0, lines(), 0, HitIndicator);
    if (text.isEmpty())
        return 0;
    const QByteArray wanted = text.toUtf8();
    int hits = 0;
    SendScintilla(SCI_SETSEARCHFLAGS, 0UL);
    for (long at = 0; hits < MostHits; ++hits) {
        SendScintilla(SCI_SETTARGETSTART, static_cast<unsigned long>(at));
        SendScintilla(SCI_SETTARGETEND, static_cast<unsigned long>(length()));
        const long found =
            SendScintilla(SCI_SEARCHINTARGET, static_cast<unsigned long>(wanted.size()), wanted.constData());
        if (found < 0)
            break;
        at = SendScintilla(SCI_GETTARGETEND);
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(HitIndicator));
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(found), at - found);
    }
    return hits;
}

bool ScintillaEditor::find(const QString& text, bool back)
{
    if (text.isEmpty())
        return false;
    int line = -1;
    int index = -1;
    if (back && hasSelectedText()) {
        int endLine = 0;
        int endIndex = 0;
        getSelection(&line, &index, &endLine, &endIndex);
    }
    return findFirst(text, false, false, false, true, !back, line, index);
}

void ScintillaEditor::keyPressEvent(QKeyEvent* event)
{
    // The keyboard must be able to leave: Scintilla would take Escape, and Tab indents.
    const bool leaves = event->key() == Qt::Key_Escape || event->matches(QKeySequence::Find) ||
                        event->matches(QKeySequence::FindNext) || event->matches(QKeySequence::FindPrevious);
    if (leaves)
        event->ignore();
    else
        QsciScintilla::keyPressEvent(event);
}

void ScintillaEditor::showNumbers()
{
    setMarginWidth(Numbers, QString(QString::number(std::max(100, lines())).size() + 1, QLatin1Char('8')));
}

} // namespace ui
