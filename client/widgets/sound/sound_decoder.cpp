#include "client/widgets/sound/sound_decoder.h"

#include <QAudioBuffer>
#include <QAudioDecoder>
#include <QBuffer>

#include <utility>

namespace cb::widgets {

namespace {

constexpr std::size_t kMostSamples = std::size_t(512) * 1024 * 1024 / sizeof(qint16); ///< of memory; hours of a call

/// Takes a file apart and goes.
class Decoding final : public QObject {
public:
    Decoding(const QByteArray& file, QObject* context, std::function<void(std::optional<Pcm>)> then)
        : QObject(context)
        , m_then(std::move(then)) {
        m_file.setData(file);
        m_file.open(QIODevice::ReadOnly);
        QAudioFormat wanted;
        wanted.setSampleFormat(QAudioFormat::Int16);
        wanted.setChannelCount(2);
        wanted.setSampleRate(kRate);
        m_decoder.setAudioFormat(wanted);
        m_decoder.setSourceDevice(&m_file);
        connect(&m_decoder, &QAudioDecoder::bufferReady, this, &Decoding::take);
        // Later: the decoder is still busy telling of it, and goes with this.
        connect(
            &m_decoder, &QAudioDecoder::finished, this, [this] { end(!m_pcm.isEmpty()); }, Qt::QueuedConnection);
        connect(
            &m_decoder, qOverload<QAudioDecoder::Error>(&QAudioDecoder::error), this, [this] { end(false); },
            Qt::QueuedConnection);
        m_pcm.rate = kRate;
        m_pcm.channels = 2;
    }
    void start() {
        if (m_decoder.isSupported())
            m_decoder.start();
        else
            endSoon(false);
    }

private:
    static constexpr int kRate = 16'000; ///< more than a telephone has

    void take() {
        const QAudioBuffer buffer = m_decoder.read();
        const QAudioFormat format = buffer.format();
        if (!buffer.isValid() || format.sampleFormat() != QAudioFormat::Int16)
            return;
        m_pcm.rate = format.sampleRate();
        m_pcm.channels = format.channelCount();
        const auto* data = buffer.constData<qint16>();
        m_pcm.samples.insert(m_pcm.samples.end(), data, data + buffer.sampleCount());
        if (m_pcm.samples.size() <= kMostSamples)
            return;
        m_decoder.stop();
        endSoon(true);
    }
    void endSoon(bool good) {
        QMetaObject::invokeMethod(
            this, [this, good] { end(good); }, Qt::QueuedConnection);
    }
    void end(bool good) {
        if (!m_then)
            return;
        const auto then = std::exchange(m_then, nullptr);
        deleteLater();
        then(good ? std::optional(std::move(m_pcm)) : std::nullopt);
    }

    std::function<void(std::optional<Pcm>)> m_then;
    QBuffer m_file;
    QAudioDecoder m_decoder;
    Pcm m_pcm;
};

} // namespace

void decodeSound(const QByteArray& file, QObject* context, std::function<void(std::optional<Pcm>)> then) {
    if (file.startsWith("RIFF"))
        return then(readWav(file));
    auto* decoding = new Decoding(file, context, std::move(then));
    decoding->start();
}

} // namespace cb::widgets
