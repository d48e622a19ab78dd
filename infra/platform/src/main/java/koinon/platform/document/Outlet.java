package koinon.platform.document;

import koinon.platform.model.Aggregate;

/// Where saved aggregates are reported, so that their outbox reaches the broker. Never waits and never fails.
public interface Outlet {

    void saved(Aggregate<?> aggregate);
}
