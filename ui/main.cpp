// The program: reads its options, composes, shows the window before anything is asked of a network.

#include "app/keychain/keychain.h"
#include "ui/composition.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <string_view>

namespace {

class Arguments {
public:
    Arguments()
    {
        m_parser.setApplicationDescription(
            QStringLiteral("Alidade: an inspector for Kubernetes and TKEStack clusters"));
        m_parser.addHelpOption();
        m_parser.addVersionOption();
        m_parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("A snapshot to start with."),
                                       QStringLiteral("[FILE]"));
        add("kubeconfig", "FILE", "The kubeconfig to read (else KUBECONFIG, else ~/.kube/config).");
        add("context", "NAME", "The context to start with.");
        add("snapshot", "FILE|demo", "The snapshot to start with; \"demo\" is the one inside the program.");
        add("lang", "en|zh_CN", "The language of the window.");
        add("theme", "light|dark|system", "The colours of the window.");
    }

    QString help() const { return m_parser.helpText(); }
    bool parse(const QStringList& arguments) { return m_parser.parse(arguments); }
    QString error() const { return m_parser.errorText(); }
    ui::Options options() const
    {
        const QString file = m_parser.positionalArguments().value(0);
        ui::Options options;
        options.kubeconfig = value("kubeconfig");
        options.context = value("context");
        options.language = value("lang");
        options.theme = value("theme");
        options.snapshot = file.isEmpty() ? value("snapshot") : file;
        return options;
    }

private:
    void add(const char* name, const char* value, const char* words)
    {
        m_parser.addOption({QLatin1String(name), QLatin1String(words), QLatin1String(value)});
    }
    QString value(const char* name) const { return m_parser.value(QLatin1String(name)); }

    QCommandLineParser m_parser;
};

bool has(int argc, char* argv[], std::initializer_list<std::string_view> names)
{
    return std::any_of(argv + 1, argv + argc,
                       [&](const char* given) { return std::find(names.begin(), names.end(), given) != names.end(); });
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication::setApplicationName(QStringLiteral("alidade"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ALIDADE_VERSION));
    Arguments arguments;
    // Answered without a display.
    if (has(argc, argv, {"-h", "--help"})) {
        QCoreApplication application(argc, argv);
        std::fputs(qPrintable(arguments.help()), stdout);
        return 0;
    }
    if (has(argc, argv, {"-v", "--version"})) {
        std::printf("alidade %s\n", ALIDADE_VERSION);
        return 0;
    }
    QApplication::setStyle(new ui::Style); // before the application, which would look for the desktop's own
    QApplication application(argc, argv);  // takes Qt's own options out
    QGuiApplication::setDesktopFileName(QStringLiteral("alidade"));
    if (!arguments.parse(QApplication::arguments())) {
        std::fprintf(stderr, "%s\n", qPrintable(arguments.error()));
        return 2;
    }
    keychain::Keychain secrets;
    ui::Options options = arguments.options();
    options.secrets = &secrets;
    ui::Composition composition(options);
    composition.window().show();
    // Painted first: no file and no network is in its way.
    QTimer::singleShot(0, &composition, &ui::Composition::start);
    return QApplication::exec();
}
