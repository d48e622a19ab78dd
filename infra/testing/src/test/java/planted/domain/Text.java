package planted.domain;

import tools.jackson.databind.json.JsonMapper;

record Text(String json) {

    Object parsed() {
        return JsonMapper.shared().readTree(json);
    }
}
