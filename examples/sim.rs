#[tokio::main]
async fn main() {
    let running = holdfast::sim::start(Default::default()).await.unwrap();
    println!("{}", holdfast::sim::ready_line(&running));
    tokio::signal::ctrl_c().await.unwrap();
}
