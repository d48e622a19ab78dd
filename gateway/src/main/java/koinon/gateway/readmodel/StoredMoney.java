package koinon.gateway.readmodel;

import java.math.BigDecimal;
import koinon.eventing.value.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// How stored projections write money: `85000.00 EUR`. To parse and check the form that events have took a quarter of
/// the load.
final class StoredMoney {

    static final SimpleModule MODULE = new SimpleModule("stored-money")
            .addSerializer(Money.class, new Writing())
            .addDeserializer(Money.class, new Reading());

    private StoredMoney() {}

    private static final class Writing extends StdSerializer<Money> {
        private Writing() {
            super(Money.class);
        }

        @Override
        public void serialize(Money it, JsonGenerator to, SerializationContext context) {
            to.writeString(it.amount().toPlainString() + " " + it.currency());
        }
    }

    private static final class Reading extends StdDeserializer<Money> {
        private Reading() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser from, DeserializationContext context) {
            String text = from.getString();
            int space = text.indexOf(' ');
            return new Money(new BigDecimal(text.substring(0, space)), text.substring(space + 1));
        }
    }
}
