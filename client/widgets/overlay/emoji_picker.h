#pragma once

#include "client/widgets/overlay/emoji_table.h"
#include "client/widgets/overlay/floating.h"

#include <QAbstractScrollArea>
#include <QPointer>

class QLineEdit;

namespace cb::widgets {

class EmojiGrid;
class IconButton;
class Label;

/// Emoji by group, with search (English and Chinese words) and the ones used last. Arrow keys move, Enter chooses and
/// stays open with Shift, Escape closes. Remembers the last used in QSettings.
class EmojiPicker : public Floating {
    Q_OBJECT
public:
    explicit EmojiPicker(QWidget* anchor);

    void popup();
    void close();

Q_SIGNALS:
    void chosen(const QString& emoji);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void retranslate() override;

private:
    void fill();
    void use(const QString& emoji, bool stay);

    QWidget* m_anchor;
    QLineEdit* m_search;
    EmojiGrid* m_grid;
    std::vector<IconButton*> m_groups;
    std::vector<Emoji> m_table;
    QStringList m_recent;
    QPointer<QWidget> m_focusBefore;
};

/// The scrolling grid: sections with a heading each. Paints only what is visible.
class EmojiGrid : public Themed<QAbstractScrollArea> {
    Q_OBJECT
public:
    struct Section {
        QString title;
        QStringList emoji;
    };

    explicit EmojiGrid(QWidget* parent = nullptr);

    void setSections(std::vector<Section> sections);
    void scrollToSection(int index);
    /// -1 none, otherwise counted over all sections.
    int current() const { return m_current; }
    QString currentEmoji() const;
    void move(int dx, int dy);
    int columns() const;
    int cell() const { return look().px(36); }

Q_SIGNALS:
    void chosen(const QString& emoji, bool stay);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct Place {
        int section;
        int index;
    };
    Place placeOf(int flat) const;
    QRect rectOf(int flat) const; // in content coordinates
    int at(const QPoint& content) const;
    int headingHeight() const;
    int sectionTop(int section) const;
    int total() const;
    void layOut();
    void setCurrent(int flat);

    std::vector<Section> m_sections;
    int m_current = -1;
};

} // namespace cb::widgets
