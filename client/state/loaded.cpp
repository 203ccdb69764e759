#include "client/state/loaded.h"

namespace cb::state {

void Loaded::load() {
    m_again = m_loading;
    if (m_loading)
        return;
    m_loading = true;
    Q_EMIT loadingChanged();
    ask();
}

void Loaded::answered(const base::Result<void>& result) {
    m_loading = false;
    m_error.reset();
    if (!result)
        m_error = result.error();
    m_there = m_there || result.ok();
    m_stale = m_stale && (m_again || !result);
    Q_EMIT loadingChanged();
    Q_EMIT changed();
    if (m_again)
        load();
}

} // namespace cb::state
