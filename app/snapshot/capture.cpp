#include "app/snapshot/capture.h"

#include "app/kube/addresssurvey.h"
#include "app/metrics/kubestate.h"
#include "app/metrics/rulecheck.h"
#include "app/snapshot/partcapture.h"
#include "app/snapshot/snapshot.h"
#include "app/tke/businesses.h"
#include "app/tke/memberclients.h"

#include <QPromise>
#include <array>

namespace snapshot {
namespace {

using Step = CaptureProgress::Step;

constexpr qint64 MostPageBytes = 512LL << 20; ///< of kube-state-metrics: about 70 000 pods
constexpr qsizetype MostMembers = 200;
constexpr std::size_t MembersAtOnce = 6; ///< one that nobody reaches takes five seconds for each of its addresses

/// Takes a page into the recorder, which keeps it.
class Drain final : public transport::StreamSink {
public:
    explicit Drain(std::function<void()> ended) : m_ended(std::move(ended)) {}
    void answered(const transport::ReplyHead&) override {}
    void refused(const transport::Reply&) override { m_ended(); }
    std::span<char> space() override { return m_room; }
    base::Result<void> commit(std::size_t) override { return {}; }
    void finished(const base::Result<void>&) override { m_ended(); }

private:
    const std::function<void()> m_ended;
    std::array<char, 1 << 16> m_room{};
};

/// What of a member the businesses view looks at.
std::vector<kube::ApiResource> memberKinds()
{
    const QStringList verbs{QStringLiteral("get"), QStringLiteral("list"), QStringLiteral("watch")};
    return {{.version = QStringLiteral("v1"),
             .resource = QStringLiteral("namespaces"),
             .kind = QStringLiteral("Namespace"),
             .verbs = verbs},
            {.version = QStringLiteral("v1"),
             .resource = QStringLiteral("resourcequotas"),
             .kind = QStringLiteral("ResourceQuota"),
             .verbs = verbs,
             .namespaced = true}};
}

} // namespace

CaptureOptions captureOptionsOf(const config::Context& context)
{
    return {.context = context.nameInFile.isEmpty() ? context.name : context.nameInFile,
            .nameSpace = context.nameSpace};
}

QString idOf(Step step)
{
    switch (step) {
    case Step::Discovery:
        return QStringLiteral("discovery");
    case Step::Kinds:
        return QStringLiteral("kinds");
    case Step::Logs:
        return QStringLiteral("logs");
    case Step::Metrics:
        return QStringLiteral("metrics");
    case Step::Addresses:
        return QStringLiteral("addresses");
    case Step::Members:
        return QStringLiteral("members");
    case Step::Writing:
        return QStringLiteral("writing");
    }
    return {};
}

struct Capture::Member {
    QString name;
    std::shared_ptr<const kube::Client> client; ///< outlives the capture of it
    std::unique_ptr<PartCapture> part;
    QDateTime from = QDateTime::currentDateTimeUtc();
};

Capture::Capture(transport::Transport* transport, CaptureOptions options, QObject* parent)
    : QObject(parent),
      m_transport(transport),
      m_options(std::move(options))
{
}

Capture::~Capture() = default;

bool Capture::tell(Step step, const QString& what, int done, int total)
{
    qint64 requests = m_part ? m_part->part().requests.load() : 0;
    for (const auto& member : m_members)
        requests += member->part ? member->part->part().requests.load() : 0;
    emit progressed({step, what, done, total, requests, m_book ? m_book->written() : 0});
    if (m_book)
        if (const auto error = m_book->error())
            end(base::failure(*error));
    return !m_ended;
}

void Capture::start()
{
    m_manifest.program = QStringLiteral("alidade " ALIDADE_VERSION);
    m_manifest.from = QDateTime::currentDateTimeUtc();
    auto book = Book::create(m_options.file, {.redact = m_options.redact, .addresses = m_options.addresses});
    if (!book) {
        end(base::failure(book.error()));
        return;
    }
    m_book = std::move(*book);
    (void)m_book->address(m_options.server); // so that it is known for one, wherever it stands
    m_part = std::make_unique<PartCapture>(kube::Client(m_transport), m_book, m_book->part({}),
                                           PartCapture::Options{.nameSpace = m_options.nameSpace, .kinds = {}});
    connect(m_part.get(), &PartCapture::progressed, this, &Capture::tell);
    connect(m_part.get(), &PartCapture::finished, this, [this] {
        if (m_ended)
            return;
        if (const auto& error = m_part->error())
            end(base::failure(*error));
        else
            askSources();
    });
    m_part->start();
}

void Capture::cancel()
{
    end(base::failure({.kind = base::ErrorKind::Canceled, .ofWhom = m_options.file}));
}

void Capture::askSources()
{
    if (!tell(Step::Metrics))
        return;
    m_calls.follow(metrics::surveySources(m_part->recorded(), m_options.nameSpace),
                   [this](const base::Result<metrics::SourceSurvey>& survey) {
                       if (survey)
                           askRules(*survey);
                       else
                           askAddresses();
                   });
}

void Capture::askRules(const metrics::SourceSurvey& survey)
{
    const auto goOn = [this, survey] {
        const metrics::Source& page = survey.of(metrics::SourceKind::KubeStateMetrics);
        if (page.place && survey.isOk(metrics::SourceKind::KubeStateMetrics))
            askPage(page.place->at);
        else
            askAddresses();
    };
    if (!survey.isOk(metrics::SourceKind::Prometheus)) {
        goOn();
        return;
    }
    m_calls.follow(metrics::checkRules(m_part->recorded(), {.prometheus = survey.of(metrics::SourceKind::Prometheus)}),
                   [goOn](const base::Result<metrics::RuleReport>&) { goOn(); });
}

void Capture::askPage(const metrics::ServicePort& where)
{
    if (!tell(Step::Metrics, QStringLiteral("kube-state-metrics")))
        return;
    transport::Request request = metrics::proxied(where, {QStringLiteral("metrics")});
    request.headers.emplace_back("Accept", metrics::StatePageAccept);
    request.mostBytes = MostPageBytes;
    auto promise = std::make_shared<QPromise<base::Result<bool>>>();
    promise->start();
    const auto answer = [promise] {
        promise->addResult(base::Result<bool>(true));
        promise->finish();
    };
    auto handle = std::make_shared<transport::StreamHandle>(
        m_part->recorded().transport()->stream(std::move(request), std::make_shared<Drain>(answer)));
    m_calls.follow(base::Call<bool>{promise->future(), [handle] { handle->abort(); }},
                   [this, handle](const base::Result<bool>&) { askAddresses(); });
}

void Capture::askAddresses()
{
    if (!m_options.probing || !m_options.addressJson) {
        askMembers();
        return;
    }
    if (!tell(Step::Addresses))
        return;
    m_calls.follow(kube::surveyAddresses(kube::Client(m_transport), *m_options.probing, m_options.known),
                   [this](const base::Result<kube::AddressSurvey>& survey) {
                       if (survey) {
                           kube::Json list = kube::Json::array();
                           for (const endpoint::ProbeResult& each : survey->addresses) {
                               list.push_back(m_options.addressJson(
                                   each, endpoint::isSameAddress(each.address.url, m_options.probing->own.url)));
                               m_book->redact(list.back());
                           }
                           if (auto added = m_book->add(EndpointsName, list); !added) {
                               end(base::failure(added.error()));
                               return;
                           }
                       } else {
                           m_book->skip(m_part->part(), QStringLiteral("endpoints"), survey.error());
                       }
                       askMembers();
                   });
}

void Capture::askMembers()
{
    if (!m_options.platform || !m_part->catalog().find(QStringLiteral("namespaces.business.tkestack.io"))) {
        write();
        return;
    }
    if (!tell(Step::Members))
        return;
    m_calls.follow(tke::readBusinesses(kube::Client(m_transport)),
                   [this](const base::Result<tke::BusinessSurvey>& survey) {
                       QStringList names;
                       if (!survey)
                           m_book->skip(m_part->part(), QStringLiteral("members"), survey.error());
                       else
                           for (const tke::BusinessNamespace& each : survey->namespaces)
                               names += each.cluster;
                       names.removeAll({});
                       names.removeDuplicates();
                       for (const QString& name : names.mid(MostMembers))
                           m_book->skip(m_part->part(), QStringLiteral("members/") + name,
                                        {.kind = base::ErrorKind::Limit, .said = QString::number(MostMembers)});
                       for (const QString& name : names.mid(0, MostMembers)) {
                           m_members.push_back(std::make_unique<Member>());
                           m_members.back()->name = name;
                       }
                       m_clientOf = tke::memberClients(kube::Client(m_transport), *m_options.platform);
                       askNextMembers();
                   });
}

void Capture::askNextMembers()
{
    if (m_membersDone == m_members.size()) {
        write();
        return;
    }
    while (!m_ended && m_nextMember < m_members.size() && m_nextMember - m_membersDone < MembersAtOnce)
        askMember(*m_members[m_nextMember++]);
}

void Capture::askMember(Member& member)
{
    if (!tell(Step::Members, member.name, static_cast<int>(m_membersDone), static_cast<int>(m_members.size())))
        return;
    m_calls.follow(
        m_clientOf(member.name), [this, &member](const base::Result<std::shared_ptr<const kube::Client>>& client) {
            const QString path = QStringLiteral("members/") + member.name;
            if (!client || !isSafeName(path.toUtf8())) {
                m_book->skip(m_part->part(), path,
                             client ? base::Error{.kind = base::ErrorKind::BadAnswer,
                                                  .reason = QStringLiteral("nameInvalid"),
                                                  .said = member.name}
                                    : client.error());
                memberDone();
                return;
            }
            member.client = *client;
            member.part = std::make_unique<PartCapture>(*member.client, m_book, m_book->part(path.toUtf8() + '/'),
                                                        PartCapture::Options{.nameSpace = {}, .kinds = memberKinds()});
            connect(member.part.get(), &PartCapture::finished, this, &Capture::memberDone);
            member.part->start();
        });
}

void Capture::memberDone()
{
    if (m_ended)
        return;
    ++m_membersDone;
    askNextMembers();
}

void Capture::write()
{
    if (!tell(Step::Writing))
        return;
    m_manifest.until = QDateTime::currentDateTimeUtc();
    m_manifest.context = m_options.context;
    m_manifest.server = m_book->address(m_options.server);
    m_manifest.uid = m_part->uid();
    m_manifest.gitVersion = m_part->gitVersion();
    m_manifest.nameSpace = m_options.nameSpace;
    m_manifest.user = m_book->address(m_part->user());
    m_manifest.isRedacted = m_options.redact;
    m_manifest.addressesRedacted = m_options.redact && m_options.addresses;
    Book::Part& part = m_part->part();
    m_manifest.skipped = part.skipped;
    m_manifest.requests = part.requests;
    const auto addPart = [this](const Book::Part& each, const Manifest& manifest) -> base::Result<void> {
        auto added = m_book->add(each.folder + IndexName, m_book->indexOf(each));
        return added ? m_book->add(each.folder + ManifestName, toJson(manifest)) : added;
    };
    for (const auto& each : m_members) {
        if (!each->part)
            continue;
        Manifest of = m_manifest;
        of.from = each->from;
        of.context = each->name;
        of.server.clear();
        of.uid.clear();
        of.gitVersion.clear();
        of.nameSpace.clear();
        of.user.clear();
        of.skipped = each->part->part().skipped;
        of.requests = each->part->part().requests;
        m_manifest.requests += of.requests;
        if (auto added = addPart(each->part->part(), of); !added) {
            end(base::failure(added.error()));
            return;
        }
    }
    m_manifest.bytes = m_book->bytes();
    m_manifest.redacted = m_book->redacted();
    auto done = addPart(part, m_manifest);
    if (done)
        done = m_book->finish();
    end(done ? base::Result<Manifest>(m_manifest) : base::failure(done.error()));
}

void Capture::end(base::Result<Manifest> result)
{
    if (std::exchange(m_ended, true))
        return;
    m_result = std::move(result);
    m_calls.cancel();
    // Not now: one of them may be telling this.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_members.clear();
            m_part.reset();
            m_book.reset();
            emit finished();
        },
        Qt::QueuedConnection);
}

} // namespace snapshot
