// What the two themes promise: text that can be read, icons that follow, Chinese in its own forms.

#include "tests/support/ui_main.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/palettes.h"
#include "ui/theme/signs.h"
#include "ui/theme/thememanager.h"

#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QSet>
#include <QSvgRenderer>
#include <QTextLayout>
#include <QToolTip>

using namespace ui;

namespace {

// The colour of most of what is drawn.
QColor inkOf(const QPixmap& pixmap)
{
    const QImage image = pixmap.toImage();
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (const QRgb rgb = image.pixel(x, y); qAlpha(rgb) > 240)
                ++counts[rgb | 0xff000000];
    QRgb most = 0;
    int count = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (it.value() > count) {
            most = it.key();
            count = it.value();
        }
    return QColor::fromRgb(most);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    void init() { QApplication::setPalette(lightPalette()); }

    void everyTextOfAPaletteCanBeRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }

    void everyTextOfAPaletteCanBeRead()
    {
        QFETCH(QPalette, palette);
        using P = QPalette;
        static const std::pair<P::ColorRole, P::ColorRole> pairs[]{
            {P::WindowText, P::Window},
            {P::Text, P::Base},
            {P::Text, P::AlternateBase},
            {P::ButtonText, P::Button},
            {P::ButtonText, P::Window},
            {P::PlaceholderText, P::Base},
            {P::HighlightedText, P::Highlight},
            {P::Text, P::Highlight},
            {P::ToolTipText, P::ToolTipBase},
            {P::Link, P::Base},
            {P::Link, P::Window},
            {P::LinkVisited, P::Base},
            {P::BrightText, P::Window},
        };
        for (const auto group : {P::Active, P::Inactive, P::Disabled})
            for (const auto& [text, ground] : pairs) {
                if (group == P::Disabled && text == P::Text && ground == P::Highlight)
                    continue; // what is disabled cannot be selected
                const double ratio = contrast(palette.color(group, text), palette.color(group, ground));
                QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("group %1: %2 on %3 is %4:1")
                                                      .arg(group)
                                                      .arg(QVariant::fromValue(text).toString(),
                                                           QVariant::fromValue(ground).toString())
                                                      .arg(ratio)));
            }
    }

    void everyColourWithAMeaningCanBeRead_data() { everyTextOfAPaletteCanBeRead_data(); }

    void everyColourWithAMeaningCanBeRead()
    {
        QFETCH(QPalette, palette);
        const auto check = [&palette](ColorId id, const QColor& ground, double least) {
            const double ratio = contrast(color(id, palette), ground);
            QVERIFY2(ratio >= least,
                     qPrintable(QStringLiteral("colour %1 on %2 is %3:1").arg(int(id)).arg(ground.name()).arg(ratio)));
        };
        const QColor base = palette.color(QPalette::Base);
        const QColor window = palette.color(QPalette::Window);
        for (const auto id :
             {ColorId::Error, ColorId::Warning, ColorId::Info, ColorId::Unknown, ColorId::Production, ColorId::Muted}) {
            check(id, base, 4.5);
            check(id, window, 4.5);
            check(id, palette.color(QPalette::Active, QPalette::Highlight), 4.5);
            check(id, palette.color(QPalette::Inactive, QPalette::Highlight), 4.5);
        }
        for (const auto id : {ColorId::YamlKey, ColorId::YamlValue, ColorId::YamlComment}) {
            check(id, base, 4.5);
            check(id, color(ColorId::Match, palette), 3);
        }
        for (const auto area :
             {ColorId::ErrorArea, ColorId::WarningArea, ColorId::InfoArea, ColorId::Chip, ColorId::Match}) {
            const double ratio = contrast(palette.color(QPalette::Text), color(area, palette));
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("text on area %1 is %2:1").arg(int(area)).arg(ratio)));
        }
        check(ColorId::Muted, color(ColorId::LineArea, palette), 4.5);
        for (const auto id : {ColorId::Drawing, ColorId::Focus, ColorId::Outline, ColorId::Series1, ColorId::Series2,
                              ColorId::Series3, ColorId::Series4})
            check(id, base, 3);
    }

    void everyIconIsADrawingThatFollowsTheText()
    {
        QSet<QByteArray> drawings;
        for (int i = 1; i < static_cast<int>(Icon::Count_); ++i) {
            QFile file(iconPath(static_cast<Icon>(i)));
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            const QByteArray drawing = file.readAll();
            QVERIFY2(QSvgRenderer(drawing).isValid(), qPrintable(file.fileName()));
            QVERIFY2(drawing.contains("currentColor"), qPrintable(file.fileName()));
            QVERIFY2(drawing.contains("viewBox=\"0 0 16 16\""), qPrintable(file.fileName()));
            QVERIFY2(!drawings.contains(drawing), qPrintable(file.fileName() + QStringLiteral(" is drawn twice")));
            drawings << drawing;
        }
    }

    void anIconChangesItsColourWithThePalette()
    {
        const QIcon drawing = themeIcon(Icon::StateConnected);
        const QColor light = inkOf(drawing.pixmap(16, 16));
        QApplication::setPalette(darkPalette());
        const QColor dark = inkOf(drawing.pixmap(16, 16));
        QCOMPARE(light, color(ColorId::Drawing, lightPalette()));
        QCOMPARE(dark, color(ColorId::Drawing, darkPalette()));
        const QColor disabled = inkOf(drawing.pixmap(16, 16, QIcon::Disabled));
        QCOMPARE(disabled, darkPalette().color(QPalette::Disabled, QPalette::WindowText));
    }

    void anIconIsDrawnForTheScaleOfItsScreen()
    {
        const QPixmap twice = themeIcon(Icon::Pod).pixmap(QSize(16, 16), 2.0);
        QCOMPARE(twice.size(), QSize(32, 32));
        QCOMPARE(twice.devicePixelRatio(), 2.0);
    }

    void severityIsAShapeBeforeItIsAColour()
    {
        // With all colour taken away, no two signs look the same.
        QSet<QByteArray> shapes;
        const auto shape = [](const QIcon& icon) {
            const QImage alpha = icon.pixmap(16, 16).toImage().convertToFormat(QImage::Format_Alpha8);
            return QByteArray(reinterpret_cast<const char*>(alpha.constBits()), alpha.sizeInBytes());
        };
        for (const auto sign : {Sign::Unknown, Sign::Info, Sign::Warning, Sign::Error}) {
            QVERIFY(!signWord(sign).isEmpty());
            shapes << shape(signIcon(sign));
        }
        QCOMPARE(shapes.size(), 4);
        QSet<QString> words;
        for (int state = 0; state <= static_cast<int>(Connection::Unsigned); ++state) {
            shapes << shape(connectionIcon(static_cast<Connection>(state)));
            words << connectionWord(static_cast<Connection>(state));
        }
        QCOMPARE(shapes.size(), 4 + 7);
        QCOMPARE(words.size(), 8);
    }

    void aThemeReachesToolTipsAndSaysSo()
    {
        QApplication::setPalette(lightPalette());
        ThemeManager manager;
        int heard = 0;
        connect(&manager, &ThemeManager::themeChanged, this, [&] { ++heard; });
        manager.setTheme(Theme::Dark);
        QVERIFY(manager.isDark());
        QVERIFY(isDark(QApplication::palette()));
        QCOMPARE(QToolTip::palette().color(QPalette::ToolTipBase), darkPalette().color(QPalette::ToolTipBase));
        manager.setTheme(Theme::Dark);
        QCOMPARE(heard, 1);
        manager.setTheme(Theme::System); // the desktop was light
        QVERIFY(!isDark(QApplication::palette()));
        QCOMPARE(themeOf(idOf(Theme::Light)), Theme::Light);
        QCOMPARE(themeOf(u"no such"), Theme::System);
    }

    void theEdgeOfAFieldIsSeen_data() { everyTextOfAPaletteCanBeRead_data(); }

    void theEdgeOfAFieldIsSeen()
    {
        QFETCH(QPalette, palette);
        ThemeManager manager;
        manager.setTheme(isDark(palette) ? Theme::Dark : Theme::Light);
        // A field and an unchecked box, each on its ground: the line around them stands out on both sides.
        QLineEdit field;
        field.resize(120, 24);
        const QImage image = field.grab().toImage();
        const QColor edge = image.pixelColor(60, 0);
        QVERIFY2(contrast(edge, palette.color(QPalette::Base)) >= 3, qPrintable(edge.name()));
        QVERIFY2(contrast(edge, palette.color(QPalette::Window)) >= 3, qPrintable(edge.name()));
    }

    void chineseHasItsOwnForms_data()
    {
        QTest::addColumn<bool>("chinese");
        QTest::newRow("in English") << false;
        QTest::newRow("in Chinese") << true;
    }

    void chineseHasItsOwnForms()
    {
        QFETCH(bool, chinese);
        // 直 and 骨 have other forms in Japanese.
        for (const QFont& font : {interfaceFont(QFont(), chinese), fixedFont(interfaceFont(QFont(), chinese))}) {
            QTextLayout layout(QStringLiteral("直骨"), font);
            layout.beginLayout();
            layout.createLine();
            layout.endLayout();
            QVERIFY(!layout.glyphRuns().isEmpty());
            for (const QGlyphRun& run : layout.glyphRuns())
                QVERIFY2(run.rawFont().familyName().endsWith(QLatin1String(" SC")),
                         qPrintable(run.rawFont().familyName()));
        }
    }

    void theDesktopsOwnFontStaysFirst()
    {
        QFont desktop;
        desktop.setFamily(QStringLiteral("Cantarell"));
        desktop.setPointSize(11);
        const QFont font = interfaceFont(desktop, false);
        QCOMPARE(font.families().front(), QStringLiteral("Cantarell"));
        QCOMPARE(font.pointSize(), 11);
        desktop.setFamily(QStringLiteral("Sans Serif"));
        QVERIFY(!interfaceFont(desktop, false).families().contains(QStringLiteral("Sans Serif")));
    }
};

ALIDADE_UI_TEST_MAIN(TestTheme)
#include "tst_theme.moc"
