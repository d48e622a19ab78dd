package koinon.demo.steps;

import java.util.Locale;

/// A city of ASEAN that plays a part; each has an editor and a signatory.
public enum City {
    HANOI("vn-hanoi", "Hà Nội"),
    BANGKOK("th-bangkok", "Bangkok"),
    BANDUNG("id-bandung", "Bandung"),
    CEBU("ph-cebu-city", "Cebu City"),
    KUALA_LUMPUR("my-kuala-lumpur", "Kuala Lumpur"),
    SINGAPORE("sg-singapore", "Singapore"),
    BATTAMBANG("kh-battambang", "Battambang");

    private final String id;
    private final String label;

    City(String id, String label) {
        this.id = id;
        this.label = label;
    }

    public String id() {
        return id;
    }

    /// Its name, for people.
    public String label() {
        return label;
    }

    /// Key of the person who writes for it.
    public String editor() {
        return key() + "-editor";
    }

    /// Key of the person who signs for it.
    public String signatory() {
        return key() + "-signatory";
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
