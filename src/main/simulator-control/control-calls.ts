import { SIMULATOR_CALLS, type SimulatorCall, type SimulatorCallName } from '../../contract/simulator-calls.ts';
import type { ShownCode } from '../../contract/simulator-view.ts';
import { codePictures } from '../../devices/printer/code-pictures.ts';
import type { SimulatorControl } from '../../simulator/control/control.ts';
import { customerView, orderView, switchedFaultView } from './simulator-view.ts';

/** An answer to a call, ready to be sent as JSON. */
export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

type Handlers = { readonly [Name in SimulatorCallName]: (call: SimulatorCall<Name>) => unknown };

export function isControlCall(name: string): name is SimulatorCallName {
  return Object.hasOwn(SIMULATOR_CALLS, name);
}

/**
 * Does what a trainer asks for.
 *
 * @param body the request's JSON, or undefined when it was none
 * @throws ControlRefusal when it cannot be done
 */
export function answerControlCall(name: SimulatorCallName, body: unknown, control: SimulatorControl): ControlReply {
  return answerBy(name, body, handlersOf(control));
}

function answerBy<Name extends SimulatorCallName>(name: Name, body: unknown, handlers: Handlers): ControlReply {
  const read = SIMULATOR_CALLS[name].safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { status: 400, body: { ...BAD_REQUEST, detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` } };
  }
  const handle: (call: SimulatorCall<Name>) => unknown = handlers[name];
  return { status: 200, body: handle(read.data as SimulatorCall<Name>) };
}

function handlersOf(control: SimulatorControl): Handlers {
  const orderNow = (order: Parameters<typeof orderView>[0]) => {
    const { now, ledger } = control.look();
    return orderView(order, ledger.wallets, now);
  };
  return {
    'open-wallet': ({ name, balanceFen }) => customerView(control.openWallet(name, balanceFen)),
    'top-up': ({ openid, amountFen }) => customerView(control.topUp(openid, amountFen)),
    'show-code': ({ scenario, openid }): ShownCode => {
      const code = control.showCode(scenario, openid);
      return { code, ...codePictures(code) };
    },
    'come-to-pay': ({ outTradeNo, scenario, openid }) => orderNow(control.comeToPay(outTradeNo, scenario, openid)),
    'tell-customer': ({ outTradeNo, mind, lateMs }) => orderNow(control.tellCustomer(outTradeNo, mind, lateMs)),
    'switch-fault-on': ({ endpoint, fault, when }) => switchedFaultView(control.switchFaultOn(endpoint, fault, when)),
    'switch-fault-off': ({ id }) => {
      control.switchFaultOff(id);
      return {};
    },
    'set-fault-plan': ({ plan }) => {
      control.setFaultPlan(plan ?? undefined);
      return {};
    },
  };
}

const BAD_REQUEST = {
  code: 'BAD_REQUEST',
  zh: '请求不是这个接口要的 JSON，什么都没有改变。',
  en: 'This is not the JSON that the call wants. Nothing has changed.',
};
