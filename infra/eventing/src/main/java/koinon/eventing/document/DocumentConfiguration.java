package koinon.eventing.document;

import static org.springframework.data.mongodb.core.convert.MongoCustomConversions.BigDecimalRepresentation.DECIMAL128;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import koinon.eventing.value.OfKind;
import koinon.eventing.worker.BackgroundWorker;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

/// Configures the database and the writer of aggregates.
@AutoConfiguration(before = DataMongoAutoConfiguration.class)
class DocumentConfiguration {

    /// @param ahead offset of the clock, for tests with a wrong clock
    @Bean
    @ConditionalOnMissingBean
    Clock clock(@Value("${koinon.clock.ahead:0s}") Duration ahead) {
        return Clock.offset(Clock.systemUTC(), ahead);
    }

    /// An acknowledged write survives the loss of a member.
    @Bean
    MongoClientSettingsBuilderCustomizer majority() {
        return it -> it.writeConcern(WriteConcern.MAJORITY).readConcern(ReadConcern.DEFAULT);
    }

    /// Timeouts are shorter than the 2 s within which requests are answered. Longer operations, such as building an
    /// index, continue in the server and are asked about again.
    @Bean
    MongoClientSettingsBuilderCustomizer patience(
            @Value("${koinon.database.selection:1500}") int selection,
            @Value("${koinon.database.answer:1800}") int answer) {
        return it -> it.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(selection, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(1, TimeUnit.SECONDS).readTimeout(answer, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(selection, TimeUnit.MILLISECONDS));
    }

    /// Stores dates without a zone and exact decimals. Without these converters a date depends on the JVM's zone
    /// and an amount becomes text.
    @Bean
    MongoCustomConversions conversions() {
        return MongoCustomConversions.create(it -> {
            it.useNativeDriverJavaTimeCodecs();
            it.bigDecimal(DECIMAL128);
            it.registerConverter(IdempotencyRecordConverter.Writing.INSTANCE);
            it.registerConverter(IdempotencyRecordConverter.Reading.INSTANCE);
        });
    }

    /// A process that publishes no events has no aggregates.
    @Bean
    @ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
    Aggregates aggregates(
            MongoOperations mongo,
            OutboxListener outboxes,
            @Value("${spring.application.name}") String service,
            Clock clock) {
        return new Aggregates(mongo, outboxes, service, clock);
    }

    @Bean
    IdempotencyKeys idempotencyKeys(MongoOperations mongo) {
        return new IdempotencyKeys(mongo);
    }

    @Bean
    ReplicaWriter known(MongoOperations mongo) {
        return new ReplicaWriter(mongo);
    }

    @Bean
    BackgroundWorker indexes(MongoTemplate mongo) {
        return new BackgroundWorker("indexes", new Indexes(mongo)::createAll);
    }

    /// A stored class name would make a rename a migration.
    @Bean
    static BeanPostProcessor withoutClassNames() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof MappingMongoConverter converter) converter.setTypeMapper(new KindMapper());
                return bean;
            }
        };
    }

    /// Stores no class name; what is [OfKind] has its kind.
    private static final class KindMapper extends DefaultMongoTypeMapper {

        KindMapper() {
            super(null);
        }

        @Override
        public void writeType(TypeInformation<?> type, Bson document) {
            if (document instanceof Document it && OfKind.class.isAssignableFrom(type.getType()))
                it.put(OfKind.KIND, OfKind.kind(type.getType()));
        }

        @Override
        @SuppressWarnings("unchecked") // a kind is a record of the sealed interface
        public <T> TypeInformation<? extends T> readType(Bson document, TypeInformation<T> declared) {
            if (!(document instanceof Document it)
                    || !OfKind.class.isAssignableFrom(declared.getType())
                    || !declared.getType().isSealed()) return declared;
            @Nullable Class<?> kind = OfKind.kinds(declared.getType()).get(it.getString(OfKind.KIND));
            if (kind == null)
                throw new MappingException(
                        "Unknown kind of " + declared.getType().getSimpleName() + ": " + it.get(OfKind.KIND));
            return (TypeInformation<? extends T>) TypeInformation.of(kind);
        }
    }
}
