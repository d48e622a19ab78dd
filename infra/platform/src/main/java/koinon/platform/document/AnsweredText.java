package koinon.platform.document;

import koinon.platform.model.Answered;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/// An [Answered] as one line of text: `<sequence> <etag> <new|old> <digest> <key>`. An aggregate keeps up to a hundred
/// of them and is read and written whole with every command; as documents they would cost more than all the rest of it.
final class AnsweredText {

    private static final String NEW = "new";
    private static final String OLD = "old";

    private AnsweredText() {}

    @WritingConverter
    enum Writing implements Converter<Answered, String> {
        INSTANCE;

        @Override
        public String convert(Answered it) {
            return String.join(
                    " ",
                    Long.toString(it.sequence()),
                    Long.toString(it.etag()),
                    it.created() ? NEW : OLD,
                    it.digest(),
                    it.key());
        }
    }

    @ReadingConverter
    enum Reading implements Converter<String, Answered> {
        INSTANCE;

        @Override
        public Answered convert(String line) {
            // The key is the caller's and comes last: it may have spaces.
            String[] parts = line.split(" ", 5);
            return new Answered(
                    parts[4], parts[3], Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2].equals(NEW));
        }
    }
}
