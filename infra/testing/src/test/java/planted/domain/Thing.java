package planted.domain;

import planted.parts.Aggregate;

final class Thing extends Aggregate {

    private Text text = new Text("");

    Text text() {
        return text;
    }
}
