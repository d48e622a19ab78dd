package koinon.eventing.document;

import koinon.eventing.model.IdempotencyRecord;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/// An [IdempotencyRecord] as one line of text: `<sequence> <etag> <new|old> <digest> <key>`. An aggregate keeps up
/// to a hundred of them and is read and written with every command; as documents they would cost more than all the
/// rest of it.
final class IdempotencyRecordConverter {

    private static final String NEW = "new";
    private static final String OLD = "old";

    private IdempotencyRecordConverter() {}

    @WritingConverter
    enum Writing implements Converter<IdempotencyRecord, String> {
        INSTANCE;

        @Override
        public String convert(IdempotencyRecord it) {
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
    enum Reading implements Converter<String, IdempotencyRecord> {
        INSTANCE;

        @Override
        public IdempotencyRecord convert(String line) {
            // The key is the caller's and comes last: it may have spaces.
            String[] parts = line.split(" ", 5);
            return new IdempotencyRecord(
                    parts[4], parts[3], Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2].equals(NEW));
        }
    }
}
