package koinon.bench.row;

import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// The process of a [Job]: `<class of the job> <class of its plan> <file with the plan> <file for the result>`.
final class JobProcess {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JobProcess() {}

    public static void main(String... arguments) throws Exception {
        var job = Class.forName(arguments[0]).getDeclaredConstructor();
        job.setAccessible(true);
        Object result = run((Job<?, ?>) job.newInstance(), Class.forName(arguments[1]), Path.of(arguments[2]));
        JSON.writeValue(Path.of(arguments[3]), result);
        System.exit(0);
    }

    @SuppressWarnings("unchecked")
    private static <P, R> R run(Job<P, R> job, Class<?> plan, Path file) throws Exception {
        return job.on((P) JSON.readValue(file, plan));
    }
}
