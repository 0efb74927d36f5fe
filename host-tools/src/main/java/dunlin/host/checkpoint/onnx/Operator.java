package dunlin.host.checkpoint.onnx;

import java.util.List;

/** What an operator makes of its inputs. */
interface Operator {
  /** Its outputs; fewer than the node has if the others are of no use. */
  List<Value> outputs(Call call);

  /** An operator of one output. */
  interface Single extends Operator {
    Value output(Call call);

    @Override
    default List<Value> outputs(Call call) {
      return List.of(output(call));
    }
  }
}
