#include "app/cli/options.h"
#include "app/cli/run.h"

#include <QCoreApplication>
#include <QTimer>
#include <cstdio>

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("alidadectl"));
    const cli::Parsed parsed = cli::parse(QCoreApplication::arguments());
    if (parsed.outcome != cli::Parsed::Outcome::Run) {
        const bool isUsage = parsed.outcome == cli::Parsed::Outcome::Usage;
        std::fprintf(isUsage ? stderr : stdout, "%s\n", qPrintable(parsed.text.trimmed()));
        return isUsage ? static_cast<int>(cli::Exit::Usage) : 0;
    }
    cli::Run run(parsed.options);
    QTimer::singleShot(0, &run, &cli::Run::start);
    return QCoreApplication::exec();
}
