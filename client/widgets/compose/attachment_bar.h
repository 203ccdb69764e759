#pragma once

#include "client/widgets/theme/themed.h"

#include <QPixmap>
#include <QWidget>

#include <vector>

namespace cb::widgets {

class AttachmentChip;

/// What will go with the next message, one chip each: picture or glyph, name, size, progress, a cross. Hidden while
/// empty.
class AttachmentBar : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit AttachmentBar(QWidget* parent = nullptr);

    /// \p key is the owner's, unique. \p bytes negative: unknown. A null \p thumbnail shows a file glyph.
    void add(const QString& key, const QString& name, qint64 bytes, const QImage& thumbnail = {});
    void setProgress(const QString& key, int percent);
    void setError(const QString& key, const QString& sentence);
    void remove(const QString& key);
    void clear();
    int count() const { return int(m_chips.size()); }
    QStringList keys() const;

Q_SIGNALS:
    void removeRequested(const QString& key);
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void restyle() override;

private:
    AttachmentChip* find(const QString& key) const;
    void place();

    std::vector<AttachmentChip*> m_chips;
};

} // namespace cb::widgets
