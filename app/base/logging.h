#pragma once
// Categories `alidade.*`. Tokens, keys and Secret data never reach a line.

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(logTransport)
Q_DECLARE_LOGGING_CATEGORY(logKube)
Q_DECLARE_LOGGING_CATEGORY(logStore)
