#pragma once

#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <vector>

namespace cb::floweditor {

/// The branches of a node: their names, and the keywords or keys that lead there. A name that is empty or taken stands
/// red, with the reason, until it is mended.
class OptionsEditor : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    enum class Of { Keywords, Keys };
    struct Row {
        QString name;
        QStringList keys; ///< keywords; or one text with a letter per key

        bool operator==(const Row&) const = default;
    };

    explicit OptionsEditor(Of of, QWidget* parent = nullptr);

    void show(const std::vector<Row>& rows);
    std::vector<Row> rows() const;
    bool isClear() const; ///< every name is there and there once

Q_SIGNALS:
    /// `key` tells which field: the letters typed in one are one step.
    void edited(const QString& key);

protected:
    void retranslate() override;

private:
    struct Line {
        QWidget* widget;
        QLineEdit* name;
        QLineEdit* keys;
        widgets::Label* error;
        widgets::IconButton* up;
        widgets::IconButton* remove;
    };

    void addLine(const Row& row);
    void addNew();
    void removeLine(const QWidget* widget);
    void moveUp(const QWidget* widget);
    void tell();

    Of m_of;
    std::vector<Line> m_lines;
    widgets::Label* m_title;
    QVBoxLayout* m_column;
    widgets::Label* m_rule; ///< when a branch is taken
    widgets::Button* m_add;
};

} // namespace cb::floweditor
