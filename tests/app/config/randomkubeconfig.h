#pragma once
// Kubeconfigs from a seed: names that collide, values that YAML 1.1 takes for something else, all styles of writing
// them.

#include <QByteArray>
#include <QString>
#include <random>
#include <string>
#include <vector>

namespace kubectltest {

class RandomKubeconfig {
public:
    RandomKubeconfig(unsigned seed, std::vector<std::string> files) : m_random(seed), m_files(std::move(files)) {}

    std::string make()
    {
        m_out.clear();
        m_anchors = 0;
        if (oneIn(8))
            m_out += "---\n";
        if (oneIn(3))
            m_out += "# made from a seed\n";
        if (!oneIn(3))
            m_out += "apiVersion: v1\n";
        if (!oneIn(3))
            m_out += "kind: Config\n";
        if (oneIn(4))
            m_out += "preferences: {}\n";
        if (!oneIn(3))
            m_out += "current-context: " + name() + "\n";
        section("clusters", "cluster", [this](const std::string& indent) { cluster(indent); });
        section("users", "user", [this](const std::string& indent) { user(indent); });
        section("contexts", "context", [this](const std::string& indent) { context(indent); });
        if (oneIn(6))
            m_out += "---\nkind: [another\n";
        return m_out;
    }

private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(m_random); }
    bool oneIn(std::size_t n) { return below(n) == 0; }
    template <typename T> const T& any(const std::vector<T>& list) { return list[below(list.size())]; }

    std::string name()
    {
        static const std::vector<std::string> names{"a", "b", "c", "d", "\"a\"", "'b'", "prod", "'1'", "\"\\u00e9\""};
        return oneIn(60) ? value() : any(names);
    }

    /// A scalar; about one in ten is no text, or no YAML.
    std::string value()
    {
        static const std::vector<std::string> plain{"x",
                                                    "https://192.0.2.1:6443",
                                                    "a b",
                                                    "a:b",
                                                    "a#b",
                                                    "x #comment",
                                                    "2020-01-01",
                                                    "2020-01-01T00:00:00Z",
                                                    "1:30",
                                                    "1.2.3",
                                                    "0x",
                                                    "0xg",
                                                    "1e",
                                                    "e1",
                                                    "-a",
                                                    "?a",
                                                    ":a",
                                                    "=",
                                                    "tRUE",
                                                    "nULL",
                                                    ".",
                                                    "..",
                                                    ".e1",
                                                    "+",
                                                    "--1",
                                                    "1 2",
                                                    "~a",
                                                    "<<",
                                                    "é",
                                                    "日本",
                                                    "a/b",
                                                    "a,b",
                                                    "a[b",
                                                    "a{b",
                                                    "a]b",
                                                    "1__",
                                                    "_1",
                                                    "0b12",
                                                    "0o18",
                                                    "1,000",
                                                    "999999999999999999999e999"};
        static const std::vector<std::string> odd{"1",
                                                  "0x1F",
                                                  "0o17",
                                                  "017",
                                                  "08",
                                                  "0b11",
                                                  "1_000",
                                                  "1e3",
                                                  "1.",
                                                  ".5",
                                                  "-.5e-3",
                                                  "+1",
                                                  "-1",
                                                  "yes",
                                                  "No",
                                                  "on",
                                                  "TRUE",
                                                  "n",
                                                  "~",
                                                  "null",
                                                  "",
                                                  ".inf",
                                                  "-.INF",
                                                  ".NaN",
                                                  "18446744073709551615",
                                                  "18446744073709551616",
                                                  "-9223372036854775808",
                                                  "-9223372036854775809",
                                                  "0xffffffffffffffff",
                                                  "0x1ffffffffffffffff",
                                                  "!!str 12",
                                                  "!!int 12",
                                                  "!!int x",
                                                  "!!bool yes",
                                                  "!!float 3",
                                                  "!!null ''",
                                                  "!!binary YWJj",
                                                  "!!binary a",
                                                  "!x 12",
                                                  "! 12",
                                                  "@a",
                                                  "`a",
                                                  "%a",
                                                  "&x a",
                                                  "*none",
                                                  "[",
                                                  "{",
                                                  "a: b",
                                                  "- a",
                                                  "\"\\x41\\n\"",
                                                  "'it''s'",
                                                  "\"a",
                                                  "'a",
                                                  "\"\\q\"",
                                                  "|-\n      text\n",
                                                  ">\n      folded\n      text\n",
                                                  "\"two\n      lines\"",
                                                  "plain\n      lines"};
        return oneIn(12) ? any(odd) : any(plain);
    }

    std::string truth()
    {
        static const std::vector<std::string> words{"true", "false", "yes", "off", "True", "~", "\"true\"", "1"};
        return oneIn(4) ? any(words) : "true";
    }

    std::string base64()
    {
        static const std::vector<std::string> data{"QQ==", "QUI=", "QUJD", "\"QU\\nJD\"", "|\n      QUJD\n      QUJD\n",
                                                   "''"};
        static const std::vector<std::string> bad{
            "QQ=", "QQ", "Q Q=", "QQ==QQ==", "Q-_=", "=", "QR==", ">\n      QUJD\n      QUJD\n"};
        return oneIn(15) ? any(bad) : any(data);
    }

    template <typename F> void section(const char* list, const char* field, F&& body)
    {
        if (oneIn(12))
            return;
        m_out += std::string(list) + ":\n";
        const std::size_t count = 1 + below(3);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string own =
                oneIn(30) ? name() : "n" + std::to_string(below(3)) + (i == 0 ? "" : "-" + std::to_string(i));
            m_out += "- name: " + own + "\n";
            if (oneIn(15))
                continue;
            if (oneIn(8)) {
                m_out += std::string("  ") + field + ": {}\n";
                continue;
            }
            m_out += std::string("  ") + field + ":";
            const bool merge = m_anchors > 0 && oneIn(3);
            if (!merge && oneIn(4))
                m_out += " &anchor" + std::to_string(m_anchors++);
            m_out += "\n";
            if (merge)
                m_out += "    <<: *anchor" + std::to_string(below(m_anchors)) + "\n";
            const auto before = m_out.size();
            body("    ");
            if (m_out.size() == before)
                m_out += "    unknown: 1\n";
        }
    }

    void line(const std::string& indent, const char* key, const std::string& text)
    {
        m_out += indent + key + ": " + text;
        if (m_out.back() != '\n')
            m_out += oneIn(20) ? "   # and so on\n" : "\n";
    }

    std::string file() { return any(m_files); }

    void cluster(const std::string& indent)
    {
        if (!oneIn(5))
            line(indent, "server", oneIn(4) ? value() : "https://192.0.2.1:6443/k8s");
        if (oneIn(3))
            line(indent, "insecure-skip-tls-verify", truth());
        if (oneIn(3))
            line(indent, "certificate-authority-data", base64());
        else if (oneIn(3))
            line(indent, "certificate-authority", file());
        if (oneIn(5))
            line(indent, "tls-server-name", value());
        if (oneIn(5))
            line(indent, "proxy-url", value());
        if (oneIn(5))
            line(indent, "disable-compression", truth());
        if (oneIn(8))
            line(indent, "extensions", "[{name: e, extension: {a: 1}}]");
    }

    void user(const std::string& indent)
    {
        if (oneIn(2))
            line(indent, "token", value());
        if (oneIn(4))
            line(indent, "tokenFile", "secrets/token");
        if (oneIn(3))
            line(indent, "client-certificate-data", base64());
        else if (oneIn(3))
            line(indent, "client-certificate", file());
        if (oneIn(3))
            line(indent, "client-key-data", base64());
        else if (oneIn(3))
            line(indent, "client-key", file());
        if (oneIn(5))
            line(indent, "username", value());
        if (oneIn(5))
            line(indent, "password", value());
        if (oneIn(6))
            line(indent, "as", value());
        if (oneIn(8))
            line(indent, "as-groups", oneIn(2) ? "[a, b]" : "[" + name() + ", ~]");
        if (oneIn(8))
            line(indent, "as-user-extra", oneIn(2) ? "{scopes: [a, b], 1: [c]}" : "{yes: [], x: ~}");
        if (oneIn(5))
            line(indent, "exec",
                 "{command: ../bin/./plugin, args: [get, \"-x\"], env: [{name: A, value: b}], "
                 "apiVersion: client.authentication.k8s.io/v1beta1}");
        if (oneIn(12))
            line(indent, "auth-provider", "{name: oidc, config: {a: b}}");
    }

    void context(const std::string& indent)
    {
        if (!oneIn(8))
            line(indent, "cluster", name());
        if (!oneIn(8))
            line(indent, "user", name());
        if (oneIn(2))
            line(indent, "namespace", value());
    }

    std::mt19937 m_random;
    std::vector<std::string> m_files;
    std::string m_out;
    std::size_t m_anchors = 0;
};

} // namespace kubectltest
