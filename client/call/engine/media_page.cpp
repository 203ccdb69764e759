#include "client/call/engine/media_page.h"

#include <QtCore/QJsonArray>
#include <QtCore/QScopedValueRollback>

#include <utility>

namespace cb::call {

namespace {

constexpr int kPatienceMillis = 20'000; ///< it says levels ten times a second

const QUrl kPage(QStringLiteral("qrc:/cloudbell-call/call.html"));

QJsonObject jsonOf(const DeviceChoice& choice) {
    return {{QStringLiteral("microphone"), choice.microphone}, {QStringLiteral("speaker"), choice.speaker}};
}

QStringList textsOf(const QJsonValue& list) {
    QStringList texts;
    for (const auto& one : list.toArray())
        texts << one.toString();
    return texts;
}

} // namespace

MediaPage::MediaPage(std::shared_ptr<QWebEngineProfile> profile, Host& host)
    : QWebEnginePage(profile.get(), nullptr)
    , m_profile(std::move(profile))
    , m_host(&host) {
    m_channel.registerObject(QStringLiteral("program"), &m_link);
    setWebChannel(&m_channel);
    connect(&m_link, &PageLink::heard, this, &MediaPage::onHeard);
    connect(this, &QWebEnginePage::featurePermissionRequested, this, &MediaPage::onPermission);
    connect(this, &QWebEnginePage::renderProcessTerminated, this, &MediaPage::onTerminated);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMillis);
    connect(&m_patience, &QTimer::timeout, this, &MediaPage::onSilence);
    open();
}

MediaPage::~MediaPage() {
    setWebChannel(nullptr); // it goes before the engine's part of the page
}

void MediaPage::release() {
    m_host = nullptr;
    m_patience.stop();
    if (m_inside)
        QTimer::singleShot(0, this, [this] { destroy(); });
    else
        destroy();
}

void MediaPage::destroy() {
    const auto kept = m_profile; // until the base class is gone
    delete this;
}

void MediaPage::open() {
    if (m_open)
        return;
    m_open = true;
    setVisible(true); // its timers go on although nobody sees it
    load(kPage);
}

void MediaPage::word(const QString& what, const QJsonObject& d) {
    open();
    if (m_on || m_checks)
        m_patience.start();
    if (m_ready)
        Q_EMIT m_link.told(what, d);
}

void MediaPage::sayStart() {
    auto d = jsonOf(m_choice);
    d[QStringLiteral("call")] = m_call;
    d[QStringLiteral("muted")] = m_muted;
    word(QStringLiteral("start"), d);
}

void MediaPage::start(const DeviceChoice& choice) {
    m_choice = choice;
    m_on = true;
    ++m_call;
    sayStart();
}

void MediaPage::applyAnswer(const QString& sdp) {
    if (m_on)
        word(QStringLiteral("answer"), {{QStringLiteral("call"), m_call}, {QStringLiteral("sdp"), sdp}});
}

void MediaPage::renew() {
    if (m_on)
        word(QStringLiteral("renew"), {{QStringLiteral("call"), m_call}});
}

void MediaPage::setMuted(bool muted) {
    m_muted = muted;
    word(QStringLiteral("mute"), {{QStringLiteral("on"), muted}});
}

void MediaPage::sendKey(QChar key) {
    if (m_on)
        word(QStringLiteral("key"), {{QStringLiteral("key"), QString(key)}});
}

void MediaPage::stop() {
    m_on = false;
    if (!m_checks)
        m_patience.stop();
    word(QStringLiteral("stop"));
}

void MediaPage::choose(const DeviceChoice& choice) {
    m_choice = choice;
    word(QStringLiteral("choose"), jsonOf(choice));
}

void MediaPage::check(bool on) {
    m_checks = on;
    if (!on && !m_on)
        m_patience.stop();
    word(QStringLiteral("check"), {{QStringLiteral("on"), on}});
}

void MediaPage::playTone() {
    word(QStringLiteral("tone"));
}

void MediaPage::onReady() {
    m_ready = true;
    word(QStringLiteral("choose"), jsonOf(m_choice));
    if (m_checks)
        word(QStringLiteral("check"), {{QStringLiteral("on"), true}});
    if (m_on)
        sayStart();
}

void MediaPage::onHeard(const QString& what, const QJsonObject& d) {
    if (m_host == nullptr)
        return;
    const QScopedValueRollback inside(m_inside, true);
    if (m_on || m_checks)
        m_patience.start();
    const auto field = [&d](const char* name) { return d[QLatin1String(name)]; };
    if (what == QLatin1String("ready"))
        onReady();
    else if (what == QLatin1String("levels"))
        m_host->mediaLevels(field("microphone").toDouble(), field("speaker").toDouble());
    else if (what == QLatin1String("devices"))
        m_host->mediaDevices({textsOf(field("microphones")), textsOf(field("speakers"))});
    else if (what == QLatin1String("switched"))
        m_host->mediaSwitched(field("kind").toString() == QLatin1String("speaker") ? DeviceKind::Speaker
                                                                                   : DeviceKind::Microphone,
                              field("name").toString());
    else if (const int call = field("call").toInt(); call == 0 || (m_on && call == m_call))
        onCallHeard(what, d);
}

void MediaPage::onCallHeard(const QString& what, const QJsonObject& d) {
    if (what == QLatin1String("offer"))
        m_host->mediaOffers(d[QLatin1String("sdp")].toString());
    else if (what == QLatin1String("up"))
        m_host->mediaUp();
    else if (what == QLatin1String("lost"))
        m_host->mediaLost();
    else if (what == QLatin1String("failed"))
        m_host->mediaFailed(d[QLatin1String("code")].toString());
    else if (what == QLatin1String("quality"))
        m_host->mediaQuality({d[QLatin1String("loss")].toDouble(), d[QLatin1String("jitter")].toInt(),
                              d[QLatin1String("trip")].toInt(-1)});
}

/// The microphone, to this page. It asks for nothing else.
void MediaPage::onPermission(const QUrl& origin, Feature feature) {
    const bool ours = feature == MediaAudioCapture && origin.scheme() == kPage.scheme();
    setFeaturePermission(origin, feature, ours ? PermissionGrantedByUser : PermissionDeniedByUser);
}

void MediaPage::onTerminated(RenderProcessTerminationStatus status) {
    if (status != NormalTerminationStatus)
        crashed();
}

void MediaPage::onSilence() {
    setVisible(false);
    setLifecycleState(LifecycleState::Discarded); // with its process
    crashed();
}

void MediaPage::crashed() {
    m_patience.stop();
    m_open = m_ready = false;
    const bool wasOn = std::exchange(m_on, false);
    const bool checked = std::exchange(m_checks, false);
    if (m_host == nullptr || !(wasOn || checked))
        return; // loaded again when it is wanted
    const QScopedValueRollback inside(m_inside, true);
    m_host->mediaCrashed();
}

bool MediaPage::acceptNavigationRequest(const QUrl& url, NavigationType, bool isMainFrame) {
    return isMainFrame && url.scheme() == kPage.scheme() && url.path() == kPage.path();
}

void MediaPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString&, int, const QString&) {}

} // namespace cb::call
