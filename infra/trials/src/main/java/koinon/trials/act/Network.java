package koinon.trials.act;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import koinon.trials.scene.Plot;
import koinon.trials.world.Reply;
import koinon.trials.world.Story;
import koinon.trials.world.Unexpected;
import koinon.trials.world.World;

/// The real cities of the network come in.
final class Network extends Act {

    Network(World world, Story story, Plot plot) {
        super(world, story, plot);
    }

    @Override
    public String title() {
        return "The network: 399 real Creative Cities";
    }

    @Override
    public void play() {
        byte[] cities = cities();
        byte[] flawed = (new String(cities, StandardCharsets.UTF_8) + "Nowhere,ZZ,Nowhere,Design,2019,,,,,,,,\n")
                .getBytes(StandardCharsets.UTF_8);
        Reply dry = story.did(
                "The secretariat tries the import with a flawed row, dry",
                person("secretariat-1").postCsv("/cities/imports?dryRun=true", flawed));
        story.expect(
                "The flawed row is reported by its line", dry.body().toString().contains("401"), dry.body());
        Reply loaded = story.did(
                "The secretariat loads the cities", person("secretariat-1").postCsv("/cities/imports", cities));
        story.expect("399 of them", loaded.body().toString().contains("399"), loaded.body());
        Reply again =
                story.did("It loads them once more", person("secretariat-1").postCsv("/cities/imports", cities));
        story.expect(
                "and nothing is new",
                again.body().path("created").asInt(-1) == 0
                        && again.body().path("known").asInt(-1) == 399,
                again.body());
        Reply hanoi =
                story.did("Hà Nội is a city of design", person("hanoi-editor").get("/cities/vn-hanoi"));
        story.expect("since 2019", hanoi.body().toString().contains("2019"), hanoi.body());
        Reply vietnamese = story.did("Viet Nam has four", person("hanoi-editor").get("/cities?country=VN&limit=50"));
        story.expect("no more, no less", vietnamese.body().path("items").size() == 4, vietnamese.body());
        story.refused(
                "A city's editor may not load cities",
                person("hanoi-editor").postCsv("/cities/imports", cities),
                403,
                "no-mandate");
    }

    private static byte[] cities() {
        try (InputStream csv = Network.class.getResourceAsStream("/data/uccn-cities.csv")) {
            return Objects.requireNonNull(csv, "/data/uccn-cities.csv").readAllBytes();
        } catch (IOException e) {
            throw new Unexpected("The cities cannot be read: " + e);
        }
    }
}
