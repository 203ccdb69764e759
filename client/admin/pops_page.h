#pragma once

#include "client/admin/list_page.h"

#include <QtWidgets/QCheckBox>

namespace cb::admin {

/// Screen pops（来电弹屏）: at most five pages beside a session, in an order. The server takes the list as a whole.
class PopsPage : public ListPage {
    Q_OBJECT
public:
    explicit PopsPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    widgets::TableCell cell(int row, int column) const;
    void open(int row); ///< -1: a new one
    Form* makeForm(const model::ScreenPop& pop);
    int placeOf(const model::ScreenPop& pop) const; ///< -1: it is no more
    void store(int row);
    void act(const QString& id, int row);
    void move(int row, int by);
    void save(std::vector<model::ScreenPop> pops, const QString& said);

    std::vector<model::ScreenPop> m_rows;
    widgets::TextField* m_name = nullptr; ///< of the form that is open
    widgets::TextArea* m_url = nullptr;
    QCheckBox* m_on = nullptr;
};

} // namespace cb::admin
