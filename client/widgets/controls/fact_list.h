#pragma once

#include "client/widgets/theme/themed.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QGridLayout;

namespace cb::widgets {

class Label;

/// What is known of something, a line each: a muted name on the left, the value beside it, wrapped and selectable.
class FactList : public Themed<QWidget> {
    Q_OBJECT
public:
    struct Fact {
        QString name;
        QString value;
        bool operator==(const Fact&) const = default;
    };

    explicit FactList(QWidget* parent = nullptr);

    /// Rows that stay keep their widgets, and with them a selection of text.
    void setFacts(const std::vector<Fact>& facts);

protected:
    void restyle() override;

private:
    struct Row {
        Label* name;
        Label* value;
    };
    void addRow();

    QGridLayout* m_grid;
    std::vector<Row> m_rows;
    std::vector<Fact> m_facts;
};

} // namespace cb::widgets
