package koinon.platform.document;

import static org.springframework.data.mongodb.core.convert.MongoCustomConversions.BigDecimalRepresentation.DECIMAL128;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

/// Connects the writer of documents to the database.
@AutoConfiguration(before = DataMongoAutoConfiguration.class)
class DocumentConfiguration {

    /// @param ahead by how much it is wrong: a machine's clock can be, and trials show that nothing breaks then
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

    /// A database that is away is known to be so before the 2 s are over within which we answer. What takes longer on
    /// purpose, such as an index over much, goes on in the server and is asked about again.
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

    /// Days without a zone and exact decimals; without these a day moves with the JVM's zone and an amount becomes
    /// text.
    @Bean
    MongoCustomConversions conversions() {
        return MongoCustomConversions.create(it -> {
            it.useNativeDriverJavaTimeCodecs();
            it.bigDecimal(DECIMAL128);
            it.registerConverter(AnsweredText.Writing.INSTANCE);
            it.registerConverter(AnsweredText.Reading.INSTANCE);
        });
    }

    /// A process that publishes nothing has no aggregates.
    @Bean
    @ConditionalOnProperty(name = "koinon.relay.enabled", matchIfMissing = true)
    Aggregates aggregates(
            MongoOperations mongo, Outlet outlet, @Value("${spring.application.name}") String service, Clock clock) {
        return new Aggregates(mongo, outlet, service, clock);
    }

    @Bean
    IdempotencyKeys idempotencyKeys(MongoOperations mongo) {
        return new IdempotencyKeys(mongo);
    }

    @Bean
    Known known(MongoOperations mongo) {
        return new Known(mongo);
    }

    @Bean
    Indexes indexes(MongoTemplate mongo) {
        return new Indexes(mongo);
    }

    /// A stored class name would make a rename a migration.
    @Bean
    static BeanPostProcessor withoutClassNames() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof MappingMongoConverter converter)
                    converter.setTypeMapper(new DefaultMongoTypeMapper(null));
                return bean;
            }
        };
    }
}
