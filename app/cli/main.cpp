#include "app/cli/options.h"
#include "app/cli/run.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimer>
#include <QTranslator>
#include <cstdio>

namespace {

/// Before the options are read, since errors in them are told in that language as well.
QString languageOf(const QStringList& arguments)
{
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i].startsWith(QLatin1String("--lang=")))
            return arguments[i].mid(7);
        if (arguments[i] == QLatin1String("--lang") && i + 1 < arguments.size())
            return arguments[i + 1];
    }
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("alidadectl"));
    QTranslator translator;
    if (translator.load(QStringLiteral(":/i18n/alidade_%1.qm").arg(languageOf(QCoreApplication::arguments()))))
        QCoreApplication::installTranslator(&translator);
    const cli::Parsed parsed = cli::parse(QCoreApplication::arguments());
    if (parsed.outcome != cli::Parsed::Outcome::Run) {
        const bool isUsage = parsed.outcome == cli::Parsed::Outcome::Usage;
        std::fprintf(isUsage ? stderr : stdout, "%s\n", qUtf8Printable(parsed.text.trimmed()));
        return isUsage ? static_cast<int>(cli::Exit::Usage) : 0;
    }
    cli::Run run(parsed.options);
    QTimer::singleShot(0, &run, &cli::Run::start);
    return QCoreApplication::exec();
}
